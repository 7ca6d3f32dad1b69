/** Files: taken in here, given out on the files origin. */
import { route } from '../route.ts';
import { Type, obj, Id, Instant } from '../schema.ts';

const byId = obj({ id: Id });
export const File = obj({
  id: Id,
  name: Type.String(),
  mime: Type.String(),
  size: Type.Integer(),
  url: Type.String(),
});
export const uploadFile = route({
  method: 'POST',
  path: '/files',
  access: 'signedIn',
  tag: 'files',
  summary: 'Uploads one file (multipart, at most 25 MB); attach it within 24 h.',
  consumes: 'multipart/form-data',
  bodyLimit: 26_214_400,
  response: File,
  status: 201,
  errors: ['TOO_LARGE', 'FILE_TYPE_REFUSED', 'STORAGE_FULL'],
});
export const fileLink = route({
  method: 'GET',
  path: '/files/:id/link',
  access: 'signedIn',
  tag: 'files',
  summary: 'A link to the file on the files origin, valid 15 minutes, if you may see where it is attached.',
  params: byId,
  response: obj({ url: Type.String(), expiresAt: Instant }),
});
