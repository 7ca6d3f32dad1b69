import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SettingValue } from '#contracts/routes/settings.ts';
import { PlainTable } from '../../plain-table.tsx';
import { useRefs } from './refs.ts';
import { SettingPage } from './setting-page.tsx';

type Node = SettingValue<'categories'>['nodes'][number];

/** 问题分类: the tree that decides which group a case goes to and which cases are complaints. */
export function CategoriesPage() {
  const { t } = useTranslation();
  return (
    <SettingPage setting="categories" intro={t('settings.categories.intro')} wide>
      {(value) => (
        <Form.Item name="nodes">
          <Tree stored={new Set(value.nodes.map((one) => one.key))} />
        </Form.Item>
      )}
    </SettingPage>
  );
}

/** A key is fixed once stored: tickets and rules point at it. */
function Tree(props: { stored: ReadonlySet<string>; value?: Node[]; onChange?: (nodes: Node[]) => void }) {
  const { t } = useTranslation();
  const refs = useRefs();
  const nodes = props.value ?? [];
  const put = (at: number, change: Partial<Node>) =>
    props.onChange?.(nodes.map((node, index) => (index === at ? { ...node, ...change } : node)));
  const addUnder = (at: number | null) => {
    const parent = at === null ? null : nodes[at];
    const made: Node = {
      key: freeKey(parent?.key ?? null, nodes),
      zh: t('settings.categories.newName'),
      en: 'New',
      groupKey: parent?.groupKey ?? null,
    };
    const place = at === null ? nodes.length : at + 1;
    props.onChange?.([...nodes.slice(0, place), made, ...nodes.slice(place)]);
  };
  const drop = (node: Node) =>
    props.onChange?.(nodes.filter((one) => one.key !== node.key && !one.key.startsWith(`${node.key}.`)));
  return (
    <>
      <PlainTable
        label={t('settings.categories')}
        rows={nodes.map((node, at) => ({ node, at, depth: node.key.split('.').length - 1 }))}
        rowKey={(row) => String(row.at)}
        quiet={(row) => row.node.enabled === false}
        columns={[
          {
            key: 'zh',
            title: t('settings.categories.zh'),
            lead: true,
            render: ({ node, at, depth }) => (
              <span className="set-node" style={{ paddingInlineStart: depth * 20 }}>
                <Input
                  aria-label={t('settings.categories.zh')}
                  variant="underlined"
                  maxLength={40}
                  value={node.zh}
                  onChange={(event) => put(at, { zh: event.target.value })}
                />
              </span>
            ),
          },
          {
            key: 'en',
            title: t('settings.nameEn'),
            render: ({ node, at }) => (
              <Input
                aria-label={t('settings.nameEn')}
                variant="underlined"
                maxLength={60}
                value={node.en}
                onChange={(event) => put(at, { en: event.target.value })}
              />
            ),
          },
          {
            key: 'key',
            title: t('settings.key'),
            width: 128,
            render: ({ node, at }) =>
              props.stored.has(node.key) ? (
                <code className="zk-quiet set-key">{node.key}</code>
              ) : (
                <Input
                  aria-label={t('settings.key')}
                  variant="underlined"
                  value={node.key}
                  status={/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,3}$/.test(node.key) ? undefined : 'error'}
                  onChange={(event) => put(at, { key: event.target.value })}
                />
              ),
          },
          {
            key: 'group',
            title: t('settings.categories.group'),
            width: 160,
            render: ({ node, at }) => (
              <Select
                allowClear
                aria-label={t('settings.categories.group')}
                placeholder={t('settings.categories.noGroup')}
                className="set-choice"
                value={node.groupKey ?? undefined}
                onChange={(groupKey) => put(at, { groupKey: groupKey ?? null })}
                options={refs.groupKeys}
              />
            ),
          },
          {
            key: 'policy',
            title: t('settings.categories.policy'),
            width: 140,
            render: ({ node, at }) => (
              <Input
                maxLength={600}
                aria-label={t('settings.categories.policy')}
                placeholder={t('settings.categories.policyNone')}
                title={node.policy ?? undefined}
                value={node.policy ?? ''}
                onChange={(event) => put(at, { policy: event.target.value || null })}
              />
            ),
          },
          {
            key: 'complaint',
            title: t('settings.categories.complaint'),
            width: 60,
            render: ({ node, at }) => (
              <Switch
                size="small"
                aria-label={t('settings.categories.complaint')}
                checked={node.complaint === true}
                onChange={(complaint) => put(at, { complaint })}
              />
            ),
          },
          {
            key: 'enabled',
            title: t('settings.enabled'),
            width: 60,
            render: ({ node, at }) => (
              <Switch
                size="small"
                aria-label={t('settings.enabled')}
                checked={node.enabled !== false}
                onChange={(enabled) => put(at, { enabled })}
              />
            ),
          },
          {
            key: 'do',
            title: '',
            width: 72,
            render: ({ node, at, depth }) => (
              <span className="desk-apart">
                {depth < 3 ? (
                  <Button
                    type="text"
                    size="small"
                    icon={<PlusOutlined />}
                    aria-label={t('settings.categories.addUnder', { name: node.zh })}
                    title={t('settings.categories.addUnder', { name: node.zh })}
                    onClick={() => addUnder(at)}
                  />
                ) : null}
                {props.stored.has(node.key) ? null : (
                  <Button
                    type="text"
                    size="small"
                    icon={<DeleteOutlined />}
                    aria-label={t('settings.categories.drop', { name: node.zh })}
                    onClick={() => drop(node)}
                  />
                )}
              </span>
            ),
          },
        ]}
      />
      <Button icon={<PlusOutlined />} onClick={() => addUnder(null)}>
        {t('settings.categories.add')}
      </Button>
    </>
  );
}

function freeKey(parent: string | null, nodes: Node[]): string {
  for (let n = 1; ; n += 1) {
    const key = `${parent ? `${parent}.` : ''}new_${n}`;
    if (!nodes.some((one) => one.key === key)) return key;
  }
}
