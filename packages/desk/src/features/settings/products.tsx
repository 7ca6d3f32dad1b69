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
  return (
    <>
      <PlainTable
        label={t('settings.products')}
        rows={items.map((item, at) => ({ item, at }))}
        rowKey={({ at }) => String(at)}
        quiet={({ item }) => item.enabled === false}
        empty={<p className="zk-quiet">{t('settings.products.none')}</p>}
        columns={[
          {
            key: 'zh',
            title: t('settings.categories.zh'),
            lead: true,
            render: ({ item, at }) => (
              <Input
                aria-label={t('settings.categories.zh')}
                variant="underlined"
                maxLength={40}
                value={item.zh}
                onChange={(event) => put(at, { zh: event.target.value })}
              />
            ),
          },
          {
            key: 'en',
            title: t('settings.nameEn'),
            render: ({ item, at }) => (
              <Input
                aria-label={t('settings.nameEn')}
                variant="underlined"
                maxLength={60}
                value={item.en}
                onChange={(event) => put(at, { en: event.target.value })}
              />
            ),
          },
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
          {
            key: 'certified',
            title: t('settings.products.certified'),
            width: 104,
            render: ({ item, at }) => (
              <Switch
                size="small"
                aria-label={t('settings.products.certified')}
                checked={item.certified}
                onChange={(certified) => put(at, { certified })}
              />
            ),
          },
          {
            key: 'enabled',
            title: t('settings.enabled'),
            width: 72,
            render: ({ item, at }) => (
              <Switch
                size="small"
                aria-label={t('settings.enabled')}
                checked={item.enabled !== false}
                onChange={(enabled) => put(at, { enabled })}
              />
            ),
          },
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
