import { DownOutlined, EllipsisOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { useWidth } from '#ui/media.ts';

/** Opens the verbs that had no room; on a phone the name of the case needs the room more than the word. */
export function MoreButton(props: ComponentProps<typeof Button>) {
  const { t } = useTranslation();
  return useWidth() === 'narrow' ? (
    <Button {...props} icon={<EllipsisOutlined />} aria-label={t('tickets.more')} />
  ) : (
    <Button {...props}>
      {t('tickets.more')} <DownOutlined />
    </Button>
  );
}
