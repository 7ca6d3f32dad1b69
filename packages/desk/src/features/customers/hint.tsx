import { useTranslation } from 'react-i18next';

/** 服务提示 across the top of a contact: an older customer, somebody who needs simple words (SD3u-13). */
export function ServiceHint(props: { hint: string | null }) {
  const { t } = useTranslation();
  if (!props.hint) return null;
  return (
    <output className="zk-banner" aria-label={t('customers.hint')}>
      <strong>{t('customers.hint')}</strong>
      <span>{props.hint}</span>
    </output>
  );
}
