/** 知识库: answers of the house, versioned, found by several words, cited by messages. The only door for other modules. */
import * as contract from '#contracts/routes/knowledge.ts';
import type { Part } from '#kernel/centre.ts';
import { send } from '#kernel/command.ts';
import { answer } from '#kernel/http.ts';
import { Rehearsed } from '#kernel/sheet.ts';
import { importArticles, linesOf } from './commands/import.ts';
import { publishArticle } from './commands/publish.ts';
import { retireArticle } from './commands/retire.ts';
import { writeArticle } from './commands/write.ts';
import { articlesFor, mostUsed, searchArticles } from './queries/find.ts';
import { articleById, articleVersions, listArticles, publicArticle, rankedArticles } from './queries/list.ts';
import { excerptOf } from './rules.ts';
import { saidOf } from './store.ts';

export { cite, citationsOf } from './cite.ts';
export { installArticles } from './starter.ts';
export { articlesFor, mostUsed, publicArticle, publishArticle, retireArticle, searchArticles, writeArticle };
export { excerptOf, saidOf };

export const knowledge: Part = {
  name: 'knowledge',
  subjects: { article: { permission: 'knowledge.read' } },
  routes: [
    answer(contract.listArticles, ({ centre, actor, locale, query }) =>
      listArticles(centre, actor, locale, query),
    ),
    answer(contract.searchArticles, ({ centre, locale, query }) => rankedArticles(centre, locale, query)),
    answer(contract.importArticles, async ({ centre, actor, query, request, idempotencyKey }) => {
      const input = { lines: linesOf(request.body), ...query };
      try {
        return await send(centre, importArticles, input, actor, { idempotencyKey });
      } catch (error) {
        if (error instanceof Rehearsed) return error.answer as contract.ArticlesImported;
        throw error;
      }
    }),
    answer(contract.proposeArticles, async ({ centre, query }) => ({
      items: (await articlesFor(centre.db, query)).map((row) => ({
        id: row.id,
        version: row.version,
        ...saidOf(row),
        audience: row.audience,
        used: row.used,
      })),
    })),
    answer(contract.getArticle, ({ centre, actor, params, query }) =>
      articleById(centre, actor, params.id, query.version),
    ),
    answer(contract.listArticleVersions, async ({ centre, actor, params }) => ({
      items: await articleVersions(centre, actor, params.id),
    })),
    answer(contract.createArticle, ({ centre, actor, body, idempotencyKey }) =>
      send(centre, writeArticle, body, actor, { idempotencyKey }),
    ),
    answer(contract.changeArticle, ({ centre, actor, params, body }) =>
      send(centre, writeArticle, { id: params.id, ...body }, actor),
    ),
    answer(contract.publishArticle, async ({ centre, actor, params, body }) => {
      await send(centre, publishArticle, { id: params.id, version: body.version }, actor);
      return { ok: true };
    }),
    answer(contract.retireArticle, async ({ centre, actor, params, body }) => {
      await send(centre, retireArticle, { id: params.id, reason: body.reason }, actor);
      return { ok: true };
    }),
  ],
};
