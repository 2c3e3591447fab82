import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { INTENT_STATES, NOTIFICATION_TYPES, REFUND_STATES, type Notification } from '../provider.ts';
import { buildSandboxClient } from '../sandbox-client.ts';
import { buildSignatures } from '../signatures.ts';
import { parseNotification, presentNotification } from './wire-notification.ts';

const NOW_MS = 1_800_000_000_000;
const access = { url: 'http://127.0.0.1:1', apiKey: 'k', account: 'acct_1', secrets: ['s'] };
const signatures = buildSignatures(access.secrets);

const text = fc.string({ unit: 'binary', maxLength: 50 }).filter((value) => value.isWellFormed());
const minor = fc.nat({ max: 1_000_000 });
const plain = { noNullPrototype: true };
const standing = fc.record(
  {
    ...{
      ref: text,
      state: fc.constantFrom(...INTENT_STATES),
      amountMinor: minor,
      currency: text,
      receivedMinor: minor,
      refundedMinor: minor,
    },
    ...{ disputedMinor: minor, declineCode: fc.option(text), eventId: text, bookingId: text },
  },
  plain,
);
const refund = fc.record({ ref: text, key: text, state: fc.constantFrom(...REFUND_STATES), amountMinor: minor, currency: text }, plain);
const dispute = fc.record({ ref: text, amountMinor: minor }, plain);

const notification: fc.Arbitrary<Notification> = fc
  .record({ id: text, type: fc.constantFrom(...NOTIFICATION_TYPES), createdMs: minor, intent: standing, refund, dispute })
  .map(({ refund: made, dispute: opened, ...base }) => ({
    ...{ ...base, account: access.account },
    ...(base.type.startsWith('refund.') && { refund: { ...made, intentRef: base.intent.ref } }),
    ...(base.type.startsWith('dispute.') && { dispute: opened }),
  }));

function bodyOf(value: object): string {
  return JSON.stringify({ sandbox: true, ...value });
}

test('a notification comes back as it was sent', () => {
  const provider = buildSandboxClient(access);
  fc.assert(
    fc.property(notification, (sent) => {
      const body = bodyOf(presentNotification(sent));
      const parsed = provider.parseNotification(Buffer.from(body), signatures.sign(body, NOW_MS), NOW_MS);
      assert.deepEqual(parsed, { kind: 'notification', notification: sent });
    }),
  );
});

test('signed and yet unreadable: malformed, never a crash', () => {
  const provider = buildSandboxClient(access);
  const judge = (body: string) => provider.parseNotification(Buffer.from(body), signatures.sign(body, NOW_MS), NOW_MS);
  for (const body of ['', '{', 'null', '[]', '1', '"x"', '{}', '\ufeff{}'])
    assert.deepEqual(judge(body), { kind: 'refused', reason: 'malformed' });
  fc.assert(
    fc.property(fc.json(), (body) => {
      assert.deepEqual(judge(body), { kind: 'refused', reason: 'malformed' });
    }),
  );
});

test('one field that is missing or of another kind makes it malformed; without the sandbox’s mark it is none', () => {
  fc.assert(
    fc.property(notification, (sent) => {
      const wire = JSON.parse(bodyOf(presentNotification(sent))) as Record<string, unknown>;
      assert.ok(parseNotification(wire) !== null);
      for (const name of Object.keys(wire))
        for (const value of [undefined, [], -1]) assert.equal(parseNotification({ ...wire, [name]: value }), null, name);
      for (const part of ['intent', 'refund', 'dispute']) {
        const inner = wire[part] as Record<string, unknown> | undefined;
        for (const name of Object.keys(inner ?? {})) {
          assert.equal(parseNotification({ ...wire, [part]: { ...inner, [name]: {} } }), null, `${part}.${name}`);
        }
      }
      assert.equal(parseNotification({ ...wire, sandbox: 'true' }), null);
    }),
  );
});
