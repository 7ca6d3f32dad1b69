import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '#ui/states.tsx';

export function NotFound() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <EmptyState title={t('notFound.title')} hint={t('notFound.hint')}>
      <Button type="primary" onClick={() => void navigate({ to: '/' })}>
        {t('notFound.home')}
      </Button>
    </EmptyState>
  );
}
