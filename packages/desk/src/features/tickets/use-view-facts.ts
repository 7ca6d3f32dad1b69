import { useMemo } from 'react';
import { viewFacts } from '#contracts/view-facts.ts';
import type { ViewFact } from '#contracts/view-facts.ts';
import { usePeople } from '../identity/people.tsx';
import { useCategories } from './categories.tsx';
import { useProducts } from './products.tsx';

const option = (key: string, zh: string, en = zh) => ({ key, zh, en: en || zh });

/** The facts of a view with what this centre has of its own: categories, products, groups, people. */
export function useViewFacts(): Readonly<Record<string, ViewFact>> {
  const { people, teams } = usePeople();
  const { nodes } = useCategories();
  const { items } = useProducts();
  return useMemo(() => {
    const persons = people.map(({ id, name, staffNo }) => option(id, `${name}　${staffNo}`));
    const values: Record<string, ViewFact['values']> = {
      'ticket.category': nodes.map((node) => option(node.key, node.zh, node.en)),
      'ticket.product': items.map((item) => option(item.key, item.zh, item.en)),
      'ticket.group': teams.map(({ key, name, nameEn }) => option(key, name, nameEn)),
      'ticket.assignee': persons,
      'ticket.accountable': persons,
    };
    return Object.fromEntries(
      Object.entries<ViewFact>(viewFacts).map(([path, fact]) => [
        path,
        values[path]?.length ? { ...fact, values: values[path] } : fact,
      ]),
    );
  }, [people, teams, nodes, items]);
}
