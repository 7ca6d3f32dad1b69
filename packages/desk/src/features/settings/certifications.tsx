import { Button, DatePicker, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  deleteCertification,
  listCertifications,
  putCertification,
  type CertificationView,
} from '#contracts/routes/certifications.ts';
import { onboarding } from '#contracts/words.ts';
import type { SettingValue } from '#contracts/routes/settings.ts';
import { ErrorState, Skeleton } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { PlainTable } from '../../plain-table.tsx';
import { queryClient, useList } from '../../query.ts';
import { useSetting } from './use-setting.ts';

const tones = { valid: 'ok', expiring: 'warn', expired: 'late' } as const;

/** 产品认证 of one person: what they may work on, until when; renewed by giving a later day (SD1-20). */
export function Certifications(props: { userId: string; readOnly: boolean }) {
  const { t, i18n } = useTranslation();
  const toast = useToast();
  const list = useList(listCertifications, { userId: props.userId, limit: 100 });
  const { current } = useSetting('products');
  const listed = (current?.value as SettingValue<'products'> | undefined)?.items ?? [];
  const products = [onboarding, ...listed].map((one) => ({
    value: one.key,
    label: i18n.language === 'en' ? one.en : one.zh,
  }));
  const [product, setProduct] = useState<string>();
  const [until, setUntil] = useState<Dayjs | null>(null);
  const attempt = async (act: () => Promise<unknown>) => {
    try {
      await act();
      toast.done(t('settings.saved'));
      await queryClient.invalidateQueries({ queryKey: ['certifications'] });
    } catch (error) {
      toast.failed(problemOf(error));
    }
  };
  const grant = () =>
    attempt(async () => {
      if (!product || !until) return;
      await call(putCertification, {
        params: { id: props.userId, product },
        body: { validUntil: until.format('YYYY-MM-DD') },
      });
      setProduct(undefined);
      setUntil(null);
    });
  const revoke = (row: CertificationView) =>
    attempt(() => call(deleteCertification, { params: { id: row.userId, product: row.product } }));
  return (
    <section className="set-danger set-column" aria-label={t('settings.certifications')}>
      <h3>{t('settings.certifications')}</h3>
      <p className="zk-quiet">{t('settings.certifications.hint')}</p>
      {list.problem && !list.rows ? <ErrorState problem={list.problem} onRetry={list.retry} /> : null}
      {!list.rows && !list.problem ? <Skeleton rows={2} columns={3} /> : null}
      <PlainTable
        label={t('settings.certifications')}
        rows={list.rows ?? []}
        rowKey={(row) => row.product}
        empty={list.rows ? <p className="zk-quiet">{t('settings.certifications.none')}</p> : null}
        columns={[
          {
            key: 'product',
            title: t('settings.certifications.product'),
            lead: true,
            render: (row) => products.find(({ value }) => value === row.product)?.label ?? row.product,
          },
          {
            key: 'until',
            title: t('settings.certifications.until'),
            width: 112,
            render: (row) => row.validUntil,
          },
          {
            key: 'state',
            title: t('settings.certifications.state'),
            width: 96,
            render: (row) => (
              <Tag tone={tones[row.state]}>{t(`settings.certifications.state.${row.state}`)}</Tag>
            ),
          },
          {
            key: 'do',
            title: '',
            width: 88,
            render: (row) =>
              props.readOnly ? null : (
                <Button size="small" danger onClick={() => void revoke(row)}>
                  {t('settings.certifications.revoke')}
                </Button>
              ),
          },
        ]}
      />
      {props.readOnly ? null : (
        <div className="set-filters">
          <Select
            aria-label={t('settings.certifications.product')}
            placeholder={t('settings.certifications.product')}
            value={product}
            onChange={setProduct}
            options={products}
          />
          <DatePicker
            aria-label={t('settings.certifications.until')}
            placeholder={t('settings.certifications.until')}
            value={until}
            minDate={dayjs()}
            onChange={(day) => setUntil(day)}
          />
          <Button disabled={!product || !until} onClick={() => void grant()}>
            {t('settings.certifications.grant')}
          </Button>
        </div>
      )}
    </section>
  );
}
