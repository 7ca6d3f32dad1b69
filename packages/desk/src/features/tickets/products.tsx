import { Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSetting } from './categories.tsx';

/** 产品与服务 of the centre; one that was taken off the list keeps its name on old tickets. */
export function useProducts() {
  const { i18n } = useTranslation();
  const setting = useSetting('products');
  return useMemo(() => {
    const say = (item: { zh: string; en: string }) => (i18n.language === 'en' ? item.en : item.zh);
    const items = setting?.items ?? [];
    const byKey = new Map(items.map((item) => [item.key, item]));
    return {
      items,
      say,
      label: (key: string) => {
        const item = byKey.get(key);
        return item ? say(item) : key;
      },
    };
  }, [setting, i18n.language]);
}

/** What a case is about. `withFormer` also offers what is no longer chosen, for looking back. */
export function ProductSelect(props: {
  id?: string;
  value?: string | null;
  onChange?: (key?: string) => void;
  allowClear?: boolean;
  withFormer?: boolean;
  placeholder?: string;
}) {
  const { t } = useTranslation();
  const { items, say, label } = useProducts();
  return (
    <Select
      id={props.id}
      aria-label={props.placeholder}
      value={props.value ?? undefined}
      onChange={props.onChange}
      allowClear={props.allowClear}
      placeholder={props.placeholder ?? t('tickets.product.pick')}
      notFoundContent={t('tickets.product.none')}
      showSearch={{ optionFilterProp: 'label' }}
      labelRender={({ value }) => label(String(value))}
      options={items
        .filter(({ enabled }) => props.withFormer || enabled !== false)
        .map((item) => ({ value: item.key, label: say(item) }))}
    />
  );
}
