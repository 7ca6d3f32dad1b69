import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SettingValue } from '#contracts/routes/settings.ts';
import { PlainTable } from '../../plain-table.tsx';
import { SettingPage } from './setting-page.tsx';

type Product = SettingValue<'products'>['items'][number];

/** 产品与服务: what a case can be about, and for which of them only certified people may work on it (SD1-20). */
export function ProductsPage() {
  const { t } = useTranslation();
  return (
    <SettingPage setting="products" intro={t('settings.products.intro')} wide>
      {(value) => (
        <Form.Item name="items">
          <Products stored={new Set(value.items.map(({ key }) => key))} />
        </Form.Item>
      )}
    </SettingPage>
  );
}

/** A code is fixed once stored: tickets and certificates name it. */
function Products(props: {
  stored: ReadonlySet<string>;
  value?: Product[];
  onChange?: (items: Product[]) => void;
}) {
  const { t } = useTranslation();
  const items = props.value ?? [];
  const put = (at: number, change: Partial<Product>) =>
    props.onChange?.(items.map((item, index) => (index === at ? { ...item, ...change } : item)));
  const add = () =>
    props.onChange?.([
      ...items,
      { key: freeKey(items), zh: t('settings.products.newName'), en: 'New', certified: false },
    ]);
  type Row = { item: Product; at: number };
  const name = (key: 'zh' | 'en', label: string, maxLength: number) => ({
    key,
    title: label,
    lead: key === 'zh',
    render: ({ item, at }: Row) => (
      <Input
        aria-label={label}
        variant="underlined"
        maxLength={maxLength}
        value={item[key]}
        onChange={(event) => put(at, { [key]: event.target.value })}
      />
    ),
  });
  const turn = (key: 'certified' | 'enabled', label: string, width: number) => ({
    key,
    title: label,
    width,
    render: ({ item, at }: Row) => (
      <Switch
        size="small"
        aria-label={label}
        checked={item[key] !== false}
        onChange={(on) => put(at, { [key]: on })}
      />
    ),
  });
  return (
    <>
      <PlainTable
        label={t('settings.products')}
        rows={items.map((item, at) => ({ item, at }))}
        rowKey={({ at }) => String(at)}
        quiet={({ item }) => item.enabled === false}
        empty={<p className="zk-quiet">{t('settings.products.none')}</p>}
        columns={[
          name('zh', t('settings.categories.zh'), 40),
          name('en', t('settings.nameEn'), 60),
          {
            key: 'key',
            title: t('settings.key'),
            render: ({ item, at }) =>
              props.stored.has(item.key) ? (
                <code className="zk-quiet">{item.key}</code>
              ) : (
                <Input
                  aria-label={t('settings.key')}
                  variant="underlined"
                  maxLength={40}
                  value={item.key}
                  status={/^[a-z][a-z0-9_-]{0,39}$/.test(item.key) ? undefined : 'error'}
                  onChange={(event) => put(at, { key: event.target.value })}
                />
              ),
          },
          turn('certified', t('settings.products.certified'), 104),
          turn('enabled', t('settings.enabled'), 72),
          {
            key: 'do',
            title: '',
            width: 56,
            render: ({ item, at }) =>
              props.stored.has(item.key) ? null : (
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined />}
                  aria-label={t('settings.categories.drop', { name: item.zh })}
                  onClick={() => props.onChange?.(items.filter((_, index) => index !== at))}
                />
              ),
          },
        ]}
      />
      <Button icon={<PlusOutlined />} onClick={add}>
        {t('settings.products.add')}
      </Button>
    </>
  );
}

function freeKey(items: readonly Product[]): string {
  for (let n = 1; ; n += 1) if (!items.some(({ key }) => key === `new-${n}`)) return `new-${n}`;
}
