import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { proposeArticles } from '#contracts/routes/knowledge.ts';
import { search } from '#contracts/routes/search.ts';
import type { ComposerSource, MenuItem } from '#ui/composer-menu.tsx';
import { findScore } from '#ui/fuzzy.ts';
import { readStored, writeStored } from '#ui/stored.ts';
import { call } from '../../api.ts';
import { useSaid } from '../../words.ts';
import { usePeople } from '../identity/people.tsx';
import { useSession } from '../identity/session.ts';
import { addCitation } from '../knowledge/citing.ts';
import { useSetting } from '../tickets/categories.tsx';
import { fillCanned, mentionedIn, type Named } from './canned.ts';

export type About = { customer: string; number?: string };
const most = 8;

/**
 * The menus of the box: `/` ready words and public articles, `@` colleagues (notes only), `#` tickets and customers,
 * `::` what is known of the case, put in as it is now.
 */
export function useSources(draft: string, about: About) {
  const { t, i18n } = useTranslation();
  const { me, can } = useSession();
  const reads = can('knowledge.read');
  const said = useSaid();
  const { people } = usePeople();
  const templates = useSetting('templates');
  const centre = useSetting('centre');
  const english = i18n.language === 'en';
  const { customer, number } = about;
  const [mentions] = useState(() => keepMentions(draft));
  const sources = useMemo((): ComposerSource[] => {
    const best = <Item extends MenuItem>(query: string, items: Item[]): Item[] =>
      items
        .map((item) => ({ item, score: findScore(query, { label: item.label, name: item.hint }) }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
        .slice(0, most)
        .map(({ item }) => item);
    const company = (english ? centre?.companyEn : centre?.company) ?? '';
    const facts = { customer, agent: me.name, company, number };
    const variables = [
      ['customer', customer],
      ['number', number],
      ['progress', number && `${location.origin}/portal/progress#${number}`],
      ['agent', me.name],
      ['staffNo', me.staffNo],
      ['company', company],
      ['hotline', centre?.hotline],
    ].flatMap(([key, value]) =>
      key && value ? [{ key, label: t(`composer.variable.${key}`), hint: value }] : [],
    );
    const canned = (templates?.items ?? [])
      .filter(({ channel }) => channel === 'webchat')
      .map((one, at) => ({
        key: `${one.key}:${at}`,
        label: (english ? one.enSubject : one.zhSubject) || one.key,
        hint: fillCanned(english ? one.enBody : one.zhBody, facts),
      }));
    const colleagues = people
      .filter(({ id }) => id !== me.id)
      .map(({ id, name, staffNo, groups }) => ({
        key: id,
        label: name,
        hint: [staffNo, ...groups.map((group) => group.name)].join(' · '),
      }));
    return [
      {
        trigger: '/',
        label: t('composer.canned'),
        waitMs: reads ? 120 : 0,
        load: async (query) => {
          const ready = best(query, canned);
          if (!reads || query === '') return ready;
          // The line may be down: ready words are on this device.
          const { items } = await call(proposeArticles, { query: { q: query, audience: 'public' } }).catch(
            () => ({ items: [] }),
          );
          return [
            ...ready,
            ...items.map(({ id, version, title, body }) => ({
              key: `article ${id} ${version}`,
              label: `《${said(title)}》`,
              hint: said(body),
            })),
          ];
        },
        insert: ({ key, hint = '' }) => {
          const [kind, id, version] = key.split(' ');
          if (kind === 'article' && id) addCitation(draft, { id, version: Number(version) }, hint);
          return hint;
        },
        empty: t('composer.cannedEmpty'),
      },
      {
        trigger: '@',
        label: t('composer.mention'),
        modes: ['internal'],
        load: (query) => best(query, colleagues),
        insert: ({ key, label }) => {
          mentions.add({ id: key, name: label });
          return `@${label} `;
        },
        empty: t('composer.mentionEmpty'),
      },
      {
        trigger: '#',
        label: t('composer.refer'),
        waitMs: 150,
        load: async (query) => {
          if (query === '') return [];
          const { items } = await call(search, { query: { q: query, types: 'ticket,customer,record' } });
          return items.map((item) => ({
            key: `${item.number} ${item.id}`,
            label: `${item.number}　${item.title}`,
            hint: item.hint,
          }));
        },
        insert: ({ key }) => `${key.split(' ')[0]} `,
        empty: t('composer.referEmpty'),
      },
      {
        trigger: '::',
        label: t('composer.variables'),
        load: (query) => best(query, variables),
        insert: ({ hint = '' }) => hint,
        empty: t('composer.variablesEmpty'),
      },
    ];
  }, [t, english, templates, centre, people, me, customer, number, mentions, reads, said, draft]);
  return { sources, mentions };
}

/** Colleagues chosen in a draft, kept with it on this device until it is sent. */
function keepMentions(draft: string) {
  const key = `zk:mentions:${draft}`;
  const read = (): Named[] => {
    try {
      return JSON.parse(readStored(key) ?? '[]') as Named[];
    } catch {
      return [];
    }
  };
  return {
    add: (one: Named) => writeStored(key, JSON.stringify([...read(), one])),
    /** Whom the text names, for the message that is sent now. */
    take: (text: string): string[] => {
      const ids = mentionedIn(text, read());
      writeStored(key, null);
      return ids;
    },
  };
}
