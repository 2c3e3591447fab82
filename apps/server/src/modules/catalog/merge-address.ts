import { invalidField } from '../../platform/http/index.ts';
import { isCountry } from './country-codes.ts';
import type { Address } from './words.ts';

export const NO_ADDRESS: Address = { lines: [], postalCode: '', country: null, latitude: null, longitude: null };

/** The fields of a body that say where a place is; undefined leaves one as it is. */
export type AddressBody = {
  address_lines?: readonly string[];
  postal_code?: string;
  country?: string | null;
  latitude?: number | null;
  longitude?: number | null;
};

/** An address with the changes of a body; `at` points to where its fields stand. Throws REQUEST_INVALID, naming the field. */
export function mergeAddress(before: Address, body: AddressBody, at = ''): Address {
  const { address_lines: lines = before.lines, postal_code: postalCode = before.postalCode } = body;
  const { country = before.country, latitude = before.latitude, longitude = before.longitude } = body;
  if (country !== null && !isCountry(country))
    throw invalidField(`${at}/country`, 'must be a country of ISO 3166-1, in two capital letters');
  if (latitude === null && longitude !== null) throw invalidField(`${at}/latitude`, 'must be given with longitude');
  if (longitude === null && latitude !== null) throw invalidField(`${at}/longitude`, 'must be given with latitude');
  return { lines: [...lines], postalCode, country, latitude, longitude };
}
