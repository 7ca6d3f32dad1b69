import { Select } from 'antd';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { listGroups, listUsers } from '#contracts/routes/identity.ts';
import { useRead } from '../../query.ts';
import { comma } from '../../words.ts';
import { useSession } from './session.ts';

/** Everybody who works here and their groups, for names and pickers; read rarely. */
export function usePeople() {
  const { i18n } = useTranslation();
  const { can } = useSession();
  const users = useRead(
    listUsers,
    { query: { limit: 200, status: 'active' } },
    { enabled: can('user.read'), staleSeconds: 300 },
  );
  const groups = useRead(listGroups, {}, { staleSeconds: 300 });
  return useMemo(() => {
    const people = users.data?.items ?? [];
    const teams = groups.data?.items ?? [];
    const names = new Map(people.map(({ id, name }) => [id, name]));
    const groupNames = new Map(
      teams.map(({ id, name, nameEn }) => [id, i18n.language === 'en' && nameEn ? nameEn : name]),
    );
    return {
      people,
      teams,
      nameOf: (id: unknown) => (typeof id === 'string' ? names.get(id) : undefined),
      groupOf: (id: unknown) => (typeof id === 'string' ? groupNames.get(id) : undefined),
    };
  }, [users.data, groups.data, i18n.language]);
}

type Grouped = { groupId: string | null; groupName: string | null };
/** The group of a case in the reader's language; as it came while groups are not read yet. */
export function useGroupName(): (of: Grouped) => string | undefined {
  const { groupOf } = usePeople();
  return useCallback(({ groupId, groupName }) => groupOf(groupId) ?? groupName ?? undefined, [groupOf]);
}

type PickProps = {
  value?: string;
  onChange?: (id: string | undefined) => void;
  id?: string;
  /** Needed where no label of a form stands beside it. */
  label?: string;
};

/** A colleague, found by name or staff number; `groupId` narrows to the members of a group, `only` to who may be chosen. */
export function PersonSelect(
  props: PickProps & { groupId?: string; except?: string | null; only?: ReadonlySet<string> },
) {
  const { t } = useTranslation();
  const { people, groupOf } = usePeople();
  const options = people
    .filter(({ id }) => id !== props.except && (props.only?.has(id) ?? true))
    .filter(({ groups }) => !props.groupId || groups.some(({ id }) => id === props.groupId))
    .map(({ id, name, staffNo, groups }) => ({
      value: id,
      label: name,
      find: `${name} ${staffNo}`,
      hint: groups
        .map((group) => groupOf(group.id))
        .filter(Boolean)
        .join(comma()),
    }));
  return (
    <Select
      id={props.id}
      aria-label={props.label}
      value={props.value}
      onChange={props.onChange}
      allowClear
      showSearch={{ optionFilterProp: 'find' }}
      placeholder={props.label ?? t('people.person')}
      options={options}
      optionRender={(option) => (
        <span className="desk-option">
          <span>{option.data.label}</span>
          <span className="zk-quiet">{option.data.hint}</span>
        </span>
      )}
    />
  );
}

export function GroupSelect(props: PickProps) {
  const { t } = useTranslation();
  const { teams, groupOf } = usePeople();
  return (
    <Select
      id={props.id}
      aria-label={props.label}
      value={props.value}
      onChange={props.onChange}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={props.label ?? t('people.group')}
      options={teams.map(({ id, name }) => ({ value: id, label: groupOf(id) ?? name }))}
    />
  );
}
