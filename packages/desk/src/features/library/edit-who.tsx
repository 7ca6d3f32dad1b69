import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FieldType, Pack, Who } from '#contracts/pack.ts';
import { namesOfFacts, sayWho } from './saying.ts';
import type { Seen } from './saying.ts';
import { useDoers, useNames, useSeen } from './use-names.ts';

const persons = ['assignee', 'accountable', 'starter', 'owner'] as const;
export const keyOfWho = (who: Who | undefined): string => {
  if (who === undefined) return 'assignee';
  if (typeof who === 'string') return who;
  if ('role' in who) return `role:${who.role}`;
  return Object.entries(who)[0]!.join(':');
};
export const whoOfKey = (key: string): Who => {
  const [place, value = ''] = key.split(':');
  if (place === 'role') return { role: value };
  if (place === 'group') return { group: value };
  if (place === 'person') return { person: value };
  return place === 'groupOf' ? { groupOf: value } : (place as 'assignee');
};

/** Facts of the pack that hold what a field of these types was filled with. */
export const factsOfType = (pack: Seen, types: readonly FieldType[]): string[] => [
  ...pack.records.flatMap(({ fields }) =>
    fields.filter(({ type }) => types.includes(type)).map(({ key }) => `record.${key}`),
  ),
  ...pack.steps.flatMap((step) =>
    (step.fields ?? [])
      .filter(({ type }) => types.includes(type))
      .map(({ key }) => `answers.${step.key}.${key}`),
  ),
];
/** Who may be named: by their place in the case, by role, by group, or by what a field was filled with. */
export function useWhoOptions(pack: Pack, given: string, places: { value: string; label: string }[]) {
  const { t } = useTranslation();
  const { language } = useNames();
  const seen = useSeen(pack);
  const [place, named = ''] = given.split(':');
  const { roles, groups } = useDoers(pack, {
    roles: place === 'role' ? [named] : [],
    groups: place === 'group' ? [named] : [],
  });
  const names = namesOfFacts(seen, language);
  const byField = [
    ...(place === 'person' || place === 'groupOf' ? [given] : []),
    ...factsOfType(seen, ['staff']).map((path) => `person:${path}`),
    ...factsOfType(seen, ['choice']).map((path) => `groupOf:${path}`),
  ];
  const group = (label: string, options: { value: string; label: string }[]) =>
    options.length > 0 ? [{ label, options }] : [];
  return [
    ...group(t('library.byPlace'), places),
    ...group(
      t('library.byRole'),
      roles.map(({ value, label }) => ({ value: `role:${value}`, label })),
    ),
    ...group(
      t('library.byGroup'),
      groups.map(({ value, label }) => ({ value: `group:${value}`, label })),
    ),
    ...group(
      t('library.rest.byField'),
      [...new Set(byField)].map((value) => {
        const [kind = '', path = ''] = value.split(':');
        return { value, label: t(`library.rest.named.${kind}`, { field: names.path(path) }) };
      }),
    ),
  ];
}

/** Who does it: by their place in the case, by role, by group, or by what was filled in. */
export function WhoEditor(props: { pack: Pack; value: Who | undefined; onChange: (value: Who) => void }) {
  const { t } = useTranslation();
  const { language, names } = useNames();
  const { value } = props;
  const key = keyOfWho(value);
  const system = value === 'system' ? ['system' as const] : [];
  const options = useWhoOptions(
    props.pack,
    key,
    [...persons, ...system].map((one) => ({ value: one, label: sayWho(one, language, names) })),
  );
  const within = typeof value === 'object' && 'role' in value ? value : undefined;
  const { groups } = useDoers(props.pack, { groups: within?.group ? [within.group] : [] });
  return (
    <span className="pb-row pb-wrap">
      <Select
        className="pb-who"
        aria-label={t('library.whoDoes')}
        showSearch={{ optionFilterProp: 'label' }}
        value={key}
        onChange={(chosen) => props.onChange(whoOfKey(chosen))}
        options={options}
      />
      {within ? (
        <Select
          allowClear
          aria-label={t('library.rest.inGroup')}
          prefix={t('library.rest.inGroup')}
          placeholder={t('library.rest.everyGroup')}
          value={within.group}
          onChange={(group?: string) =>
            props.onChange(group ? { role: within.role, group } : { role: within.role })
          }
          options={groups}
        />
      ) : null}
    </span>
  );
}
