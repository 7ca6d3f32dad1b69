/** The customer's key to one survey: 192 bits derived from the centre's secret, so that it can be shown again to the customer while only its hash is kept. */
import { createHash, createHmac, hkdfSync } from 'node:crypto';
import type { Config } from '#kernel/config.ts';

export const tokenOf = ({ secret }: Pick<Config, 'secret'>, surveyId: string): string =>
  createHmac('sha256', Buffer.from(hkdfSync('sha256', secret, '', 'zhike surveys', 32)))
    .update(surveyId)
    .digest()
    .subarray(0, 24)
    .toString('base64url');
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
export const linkOf = (config: Pick<Config, 'secret' | 'publicUrl'>, surveyId: string): string =>
  `${config.publicUrl}/s/${tokenOf(config, surveyId)}`;
