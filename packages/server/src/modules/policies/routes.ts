import * as contract from '#contracts/routes/time.ts';
import type { RouteHandler } from '#kernel/centre.ts';
import { send } from '#kernel/command.ts';
import { answer } from '#kernel/http.ts';
import { shortPage } from '#kernel/page.ts';
import { publishPolicies } from './commands/publish.ts';
import { listVersions, policySet } from './queries.ts';

export const policyRoutes: RouteHandler[] = [
  answer(contract.getPolicies, async ({ centre, query: { version, ...page }, locale }) => {
    const set = await policySet(centre, version, locale);
    return { ...set, ...shortPage(set.items, page, ({ id }) => id) };
  }),
  answer(contract.putPolicies, async ({ centre, actor, body, locale }) =>
    policySet(centre, await send(centre, publishPolicies, body, actor), locale),
  ),
  answer(contract.listPolicyVersions, async ({ centre }) => ({ items: await listVersions(centre) })),
];
