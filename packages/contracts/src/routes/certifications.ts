/** Certifications 产品认证: who may work on which product, until when (SD1-20). */
import { route } from '../route.ts';
import { Type, obj, opt, Id, Instant, PlainDate, text, oneOf, Ok, pageQuery, pageOf } from '../schema.ts';
import type { Static } from '../schema.ts';

const tag = 'certifications';
export const productKey = Type.String({ pattern: '^[a-z][a-z0-9_-]{0,39}$' });
const ofPerson = obj({ id: Id, product: productKey });
export const certificationStates = ['valid', 'expiring', 'expired'] as const;
export const Certification = obj({
  userId: Id,
  userName: Type.String(),
  product: Type.String(),
  validUntil: PlainDate,
  /** Expiring: within 30 days. */
  state: oneOf(certificationStates),
  note: Type.String(),
  grantedAt: Instant,
});
export type CertificationView = Static<typeof Certification>;
export const listCertifications = route({
  method: 'GET',
  path: '/certifications',
  access: 'user.read',
  tag,
  summary: 'Certificates, the one that ends soonest first.',
  query: obj({
    ...pageQuery,
    userId: opt(Id),
    product: opt(text(40)),
    state: opt(oneOf(certificationStates)),
  }),
  response: pageOf(Certification),
});
export const putCertification = route({
  method: 'PUT',
  path: '/users/:id/certifications/:product',
  access: 'user.write',
  tag,
  summary: 'Grants or renews a certificate; valid to the end of that day.',
  params: ofPerson,
  body: obj({ validUntil: PlainDate, note: opt(text(300)) }),
  response: Certification,
  errors: ['PRODUCT_UNKNOWN'],
});
export const deleteCertification = route({
  method: 'DELETE',
  path: '/users/:id/certifications/:product',
  access: 'user.write',
  tag,
  summary: 'Takes a certificate back.',
  params: ofPerson,
  response: Ok,
});
