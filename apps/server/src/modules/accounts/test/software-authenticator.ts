import { isoCBOR } from '@simplewebauthn/server/helpers';
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** What a browser was told, as far as a device cares. */
export type Options = { rp?: { id: string }; rpId?: string; user?: { id: string }; challenge: string };

/** How an answer differs from an honest one. */
export type Twist = {
  origin?: string;
  rpId?: string;
  type?: string;
  challenge?: string;
  userHandle?: string;
  credentialId?: string;
  isVerified?: boolean;
  isPresent?: boolean;
  crossOrigin?: boolean;
  signCount?: number;
  /** Signs with a key that nobody knows. */
  isForged?: boolean;
  format?: string;
  statement?: Map<string, unknown>;
  algorithm?: number;
};

const USER_PRESENT = 1;
const USER_VERIFIED = 4;
const HAS_CREDENTIAL = 64;
const ES256 = -7;

/** A device in software: one passkey of ES256 after `create`, which `get` shows. It counts as devices do, or says 0 for ever. */
export class SoftwareAuthenticator {
  readonly #origin: string;
  readonly #counts: boolean;
  #key: KeyObject = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  #userHandle = '';
  signCount = 0;
  readonly credentialId = randomBytes(16).toString('base64url');

  constructor(origin: string, { counts = true } = {}) {
    this.#origin = origin;
    this.#counts = counts;
  }

  /** What `navigator.credentials.create()` answers, in JSON. */
  create(options: Options, twist: Twist = {}) {
    this.#userHandle = options.user?.id ?? '';
    const id = Buffer.from(twist.credentialId ?? this.credentialId, 'base64url');
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const credential = Buffer.concat([Buffer.alloc(16), length, id, this.#coseKey(twist.algorithm ?? ES256)]);
    const authData = Buffer.concat([this.#authenticatorData(options.rp?.id ?? '', HAS_CREDENTIAL, twist), credential]);
    const attestation = new Map<string, unknown>([
      ['fmt', twist.format ?? 'none'],
      ['attStmt', twist.statement ?? new Map()],
      ['authData', new Uint8Array(authData)],
    ]);
    const response = {
      clientDataJSON: this.#clientData('webauthn.create', options, twist).toString('base64url'),
      attestationObject: encode(attestation).toString('base64url'),
      transports: ['internal'],
    };
    return { ...this.#envelope(twist), response };
  }

  /** What `navigator.credentials.get()` answers, in JSON. */
  get(options: Options, twist: Twist = {}) {
    if (this.#counts) this.signCount += 1;
    const clientData = this.#clientData('webauthn.get', options, twist);
    const authData = this.#authenticatorData(options.rpId ?? '', 0, twist);
    const key = twist.isForged ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey : this.#key;
    const response = {
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: sign('sha256', Buffer.concat([authData, sha256(clientData)]), key).toString('base64url'),
      userHandle: twist.userHandle ?? this.#userHandle,
    };
    return { ...this.#envelope(twist), response };
  }

  #envelope(twist: Twist) {
    const id = twist.credentialId ?? this.credentialId;
    return { id, rawId: id, type: 'public-key', authenticatorAttachment: 'platform', clientExtensionResults: {} };
  }

  #clientData(type: string, { challenge }: Options, twist: Twist): Buffer {
    const data = { type: twist.type ?? type, challenge: twist.challenge ?? challenge, origin: twist.origin ?? this.#origin };
    return Buffer.from(JSON.stringify({ ...data, crossOrigin: twist.crossOrigin ?? false }));
  }

  #authenticatorData(rpId: string, flags: number, { isVerified = true, isPresent = true, ...twist }: Twist): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(twist.signCount ?? this.signCount);
    const all = flags | (isPresent ? USER_PRESENT : 0) | (isVerified ? USER_VERIFIED : 0);
    return Buffer.concat([sha256(Buffer.from(twist.rpId ?? rpId)), Buffer.of(all), counter]);
  }

  #coseKey(algorithm: number): Buffer {
    const { x = '', y = '' } = this.#key.export({ format: 'jwk' });
    const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
    return encode(
      new Map<number, unknown>([
        [1, 2],
        [3, algorithm],
        [-1, 1],
        [-2, bytes(x)],
        [-3, bytes(y)],
      ]),
    );
  }
}

function encode(value: Map<string, unknown> | Map<number, unknown>): Buffer {
  return Buffer.from(isoCBOR.encode(value as Parameters<typeof isoCBOR.encode>[0]));
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
