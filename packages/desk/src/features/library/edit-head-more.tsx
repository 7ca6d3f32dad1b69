import { Input, InputNumber, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { rolePresets } from '#contracts/permissions.ts';
import type { Pack } from '#contracts/pack.ts';
import { listPlaybooks } from '#contracts/routes/playbooks.ts';
import { scenarios, unitKinds } from '#contracts/words.ts';
import { useRead } from '../../query.ts';
import { useWord } from '../../words.ts';
import { AddButton, BothWords, RemoveButton } from './edit-parts.tsx';
import { changed, filled, some, without } from './edit-pick.tsx';
import { Fold } from './fold.tsx';
import { sayHeadPart, scenarioNames } from './saying-head.ts';
import type { HeadPart } from './saying-head.ts';
import { useDoers, useNames } from './use-names.ts';

type Props = { pack: Pack; set: (patch: Partial<Pack>) => void };
type Role = NonNullable<Pack['roles']>[number];
type Group = NonNullable<Pack['groups']>[number];

const editors = {
  needs: NeedsPart,
  several: SeveralPart,
  roles: RolesPart,
  groups: GroupsPart,
  scenario: ScenarioPart,
  source: SourcePart,
} satisfies Partial<Record<HeadPart, (props: Props) => React.ReactNode>>;
const parts = Object.keys(editors) as (keyof typeof editors)[];

/** What it needs and brings, and where it comes from, each told in a sentence and opened to be changed. */
export function HeadMore({ pack, set }: Props) {
  const { t } = useTranslation();
  const { language, names } = useNames();
  return (
    <div className="pb-kind-parts">
      {parts.map((part) => {
        const Editor = editors[part];
        return (
          <Fold
            key={part}
            label={t(`library.part.${part}`)}
            hint={t(`library.hint.${part}`)}
            said={sayHeadPart(pack, part, language, names)}
            at={`/${part}`}
          >
            <Editor pack={pack} set={set} />
          </Fold>
        );
      })}
    </div>
  );
}

function NeedsPart({ pack, set }: Props) {
  const { t } = useTranslation();
  const { language, names } = useNames();
  const all = useRead(listPlaybooks).data?.items ?? [];
  const given = pack.needs ?? [];
  return (
    <Select
      mode="multiple"
      className="pb-who"
      aria-label={t('library.part.needs')}
      placeholder={t('library.unset')}
      showSearch={{ optionFilterProp: 'label' }}
      value={given}
      onChange={(needs) => set({ needs: some(needs) })}
      options={[
        ...new Map([
          ...given.map((key) => [key, names.playbook!(key)] as const),
          ...all.filter(({ key }) => key !== pack.key).map((one) => [one.key, one.name[language]] as const),
        ]),
      ].map(([value, label]) => ({ value, label }))}
    />
  );
}

function SeveralPart({ pack, set }: Props) {
  const { t } = useTranslation();
  return (
    <Switch
      aria-label={t('library.part.several')}
      checked={pack.several ?? false}
      onChange={(several) => set({ several: several || undefined })}
    />
  );
}

/** `refund_role_2` and the like: a key that nobody has; steps name the role by it. */
const freeKey = (pack: Pack, of: 'role' | 'group'): string => {
  const taken = (of === 'role' ? pack.roles : pack.groups) ?? [];
  for (let n = taken.length + 1; ; n++) {
    const key = `${pack.key.slice(0, 28)}_${of}_${n}`;
    if (!taken.some((one) => one.key === key)) return key;
  }
};

function RolesPart({ pack, set }: Props) {
  const { t } = useTranslation();
  const { language } = useNames();
  const roles = pack.roles ?? [];
  const put = (i: number, role: Role) => set({ roles: changed(roles, i, filled(role)) });
  return (
    <>
      {roles.map((role, i) => (
        <div key={role.key} className="pb-way-row">
          <span className="pb-row">
            <BothWords
              label={`${t('library.part.roles')} ${i + 1}`}
              value={role}
              onChange={(words) => put(i, { ...role, ...words })}
            />
            <RemoveButton onClick={() => set({ roles: some(without(roles, i)) })} />
          </span>
          <span className="pb-row pb-wrap">
            <Select
              className="pb-fact"
              aria-label={t('library.like')}
              prefix={t('library.like')}
              value={role.like}
              onChange={(like) => put(i, { ...role, like })}
              options={rolePresets.map((one) => ({ value: one.key as string, label: one[language] }))}
            />
            <Switch
              aria-label={t('library.ownGroup')}
              checked={role.group ?? false}
              onChange={(group) => put(i, { ...role, group: group || undefined })}
            />
            <span className="zk-quiet">{t('library.ownGroup')}</span>
          </span>
        </div>
      ))}
      <AddButton
        label={t('library.addRole')}
        onClick={() =>
          set({
            roles: [...roles, { key: freeKey(pack, 'role'), zh: '新角色', en: 'New role', like: 'agent' }],
          })
        }
      />
    </>
  );
}

function GroupsPart({ pack, set }: Props) {
  const { t } = useTranslation();
  const word = useWord();
  const groups = pack.groups ?? [];
  const put = (i: number, group: Group) => set({ groups: changed(groups, i, filled(group)) });
  const { groups: known } = useDoers(pack);
  return (
    <>
      {groups.map((group, i) => (
        <div key={group.key} className="pb-way-row">
          <span className="pb-row">
            <BothWords
              label={`${t('library.part.groups')} ${i + 1}`}
              value={group}
              onChange={(words) => put(i, { ...group, ...words })}
            />
            <RemoveButton onClick={() => set({ groups: some(without(groups, i)) })} />
          </span>
          <span className="pb-row pb-wrap">
            <Select
              allowClear
              aria-label={t('library.unitKind')}
              placeholder={t('library.unitKind')}
              value={group.unit}
              onChange={(unit?: Group['unit']) => put(i, { ...group, unit })}
              options={unitKinds.map((one) => ({ value: one, label: word('unitKind', one) }))}
            />
            <Input
              className="pb-prefix"
              aria-label={t('library.region')}
              placeholder={t('library.region')}
              maxLength={40}
              value={group.region ?? ''}
              onChange={({ target }) => put(i, { ...group, region: target.value || undefined })}
            />
            <Select
              allowClear
              aria-label={t('library.belowGroup')}
              placeholder={t('library.belowGroup')}
              value={group.below}
              onChange={(below?: string) => put(i, { ...group, below })}
              options={known.filter(({ value }) => value !== group.key)}
            />
            <InputNumber
              min={1}
              max={2}
              aria-label={t('library.tier')}
              prefix={t('library.tier')}
              value={group.tier ?? null}
              onChange={(tier) => put(i, { ...group, tier: tier ?? undefined })}
            />
          </span>
        </div>
      ))}
      <AddButton
        label={t('library.addGroup')}
        onClick={() =>
          set({ groups: [...groups, { key: freeKey(pack, 'group'), zh: '新组', en: 'New group' }] })
        }
      />
    </>
  );
}

function ScenarioPart({ pack, set }: Props) {
  const { t } = useTranslation();
  const { language } = useNames();
  return (
    <Select
      className="pb-fact"
      aria-label={t('library.part.scenario')}
      value={pack.scenario}
      onChange={(scenario) => set({ scenario })}
      options={scenarios.map((value) => ({ value, label: scenarioNames[value][language] }))}
    />
  );
}

function SourcePart({ pack, set }: Props) {
  const { t } = useTranslation();
  return (
    <Select
      mode="tags"
      open={false}
      className="pb-who"
      aria-label={t('library.part.source')}
      value={[...pack.source]}
      onChange={(source: string[]) => set({ source: source.map((one) => one.slice(0, 40)) })}
    />
  );
}
