/** 常见问题: public articles in force, for anybody; an internal one is as if it were not there. */
import * as contract from '#contracts/routes/knowledge.ts';
import type { RouteHandler } from '#kernel/centre.ts';
import { answer } from '#kernel/http.ts';
import { excerptOf, mostUsed, publicArticle, saidOf, searchArticles } from '#modules/knowledge/index.ts';

const most = 20;

export const helpRoutes: RouteHandler[] = [
  answer(contract.searchHelp, async ({ centre, query, locale }) => {
    const { items, words } = query.q?.trim()
      ? await searchArticles(centre.db, query.q, { audience: 'public', limit: most })
      : { items: await mostUsed(centre.db, most), words: [] };
    return {
      items: items.map((row) => {
        const { title, body } = saidOf(row);
        return {
          id: row.id,
          title,
          excerpt: excerptOf(locale === 'en' && body.en ? body.en : body.zh, words),
        };
      }),
      words,
    };
  }),
  answer(contract.getHelp, ({ centre, params }) => publicArticle(centre, params.id)),
];
