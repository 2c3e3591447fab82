import { invalidField } from '../../platform/http/index.ts';
import { isHttpsAddress } from './normal-text.ts';
import { isShippedPicture } from './pictures.ts';

/** A picture of the set that ships, or of somewhere else over https; null is none. Throws REQUEST_INVALID, naming the field. */
export function checkPicture(picture: string | null, field: string): string | null {
  if (picture === null || isShippedPicture(picture) || isHttpsAddress(picture)) return picture;
  throw invalidField(field, 'must be the path of a picture of /api/v1/pictures, or an https address');
}
