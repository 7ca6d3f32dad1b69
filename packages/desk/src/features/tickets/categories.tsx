import { Form, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { listSettings, type SettingKey, type SettingValue } from '#contracts/routes/settings.ts';
import { useRead } from '../../query.ts';
import { branches, pathOf, policyOf } from './category-tree.ts';
import './tickets.css';

/** One setting of the centre, undefined until it is here. */
export function useSetting<K extends SettingKey>(key: K): SettingValue<K> | undefined {
  const settings = useRead(listSettings, {}, { staleSeconds: 300 });
  return settings.data?.items.find((one) => one.key === key)?.value as SettingValue<K> | undefined;
}

/** Names of categories: `label` the last word, `path` from the root. */
export function useCategories() {
  const { i18n } = useTranslation();
  const setting = useSetting('categories');
  return useMemo(() => {
    const nodes = setting?.nodes ?? [];
    const say = (node: { zh: string; en: string }) => (i18n.language === 'en' ? node.en : node.zh);
    const byKey = new Map(nodes.map((node) => [node.key, node]));
    return {
      nodes,
      branches: branches(nodes),
      say,
      label: (key: string) => {
        const node = byKey.get(key);
        return node ? say(node) : key;
      },
      path: (key: string) =>
        pathOf(key)
          .map((one) => byKey.get(one))
          .map((node) => (node ? say(node) : ''))
          .filter(Boolean)
          .join(' / ') || key,
    };
  }, [setting, i18n.language]);
}

/** The category tree as a searched list, grouped by its roots. */
export function CategorySelect(props: {
  id?: string;
  value?: string;
  onChange?: (key: string) => void;
  allowClear?: boolean;
  placeholder?: string;
}) {
  const { t } = useTranslation();
  const { branches: tree, say, path } = useCategories();
  return (
    <Select
      id={props.id}
      aria-label={props.placeholder}
      value={props.value}
      onChange={props.onChange}
      allowClear={props.allowClear}
      placeholder={props.placeholder ?? t('tickets.category.pick')}
      popupMatchSelectWidth={false}
      showSearch={{
        filterOption: (asked, option) =>
          option !== undefined &&
          'value' in option &&
          path(String(option.value)).toLowerCase().includes(asked.toLowerCase()),
      }}
      labelRender={({ value }) => path(String(value))}
      options={tree.map(({ root, leaves }) => ({
        label: say(root),
        title: root.key,
        options: leaves.map((node) => ({
          key: node.key,
          value: node.key,
          label: node === root ? t('tickets.category.whole', { name: say(root) }) : say(node),
        })),
      }))}
    />
  );
}

/** 处理政策 of a category, read by who handles the case (SD3q-02). */
export function CategoryPolicy(props: { category: string | undefined }) {
  const { t } = useTranslation();
  const policy = policyOf(useCategories().nodes, props.category);
  if (!policy) return null;
  return (
    <p className="desk-policy">
      <strong>{t('tickets.policy')}</strong>　{policy}
    </p>
  );
}

/** The same under the field of a form, following what is chosen. */
export function ChosenPolicy() {
  const form = Form.useFormInstance();
  return <CategoryPolicy category={Form.useWatch('category', form) as string | undefined} />;
}
