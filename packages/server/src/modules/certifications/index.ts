/** Certifications: who may work on which product, until when (SD1-20). The only door for other modules. */
import * as contract from '#contracts/routes/certifications.ts';
import { onboarding } from '#contracts/words.ts';
import type { Part } from '#kernel/centre.ts';
import { send } from '#kernel/command.ts';
import { answer } from '#kernel/http.ts';
import { notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { setting } from '#modules/settings/index.ts';
import { expiring, grantCertification } from './commands/grant.ts';
import { revokeCertification } from './commands/revoke.ts';
import { certificationWhere, listCertifications } from './queries.ts';

export { grantCertification, revokeCertification };
export { holdsCertificate, mayServe } from './queries.ts';
export { todayOf } from './rules.ts';

export const certifications: Part = {
  name: 'certifications',
  subjects: { certification: { permission: 'user.read' } },
  due: {
    [expiring]: async (context, { key: id, data }) => {
      const row = await certificationWhere(context.tx, context.now, sql`c.id = ${id}::uuid`);
      // Renewed or taken back meanwhile: the newer wake will tell.
      if (!row || row.validUntil !== data.validUntil) return;
      const { userId, product } = row;
      const known = [onboarding, ...(await setting(context.tx, 'products')).items].find(
        ({ key }) => key === product,
      );
      context.emit(
        'certification.expiring',
        'certification',
        id,
        { userId, product, zh: known?.zh ?? product, en: known?.en ?? product, validUntil: row.validUntil },
        { userIds: [userId] },
      );
    },
  },
  routes: [
    answer(contract.listCertifications, ({ centre, query }) =>
      listCertifications(centre.db, centre.clock.now(), query),
    ),
    answer(contract.putCertification, async ({ centre, actor, params, body }) => {
      await send(centre, grantCertification, { userId: params.id, product: params.product, ...body }, actor);
      const row = await certificationWhere(
        centre.db,
        centre.clock.now(),
        sql`c.user_id = ${params.id}::uuid and c.product = ${params.product}`,
      );
      if (!row) throw notFound();
      return row;
    }),
    answer(contract.deleteCertification, async ({ centre, actor, params }) => {
      await send(centre, revokeCertification, { userId: params.id, product: params.product }, actor);
      return { ok: true };
    }),
  ],
};
