import { SwapOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../identity/session.ts';
import { ImportDialog } from './import.tsx';
import { filterOf, isFiltered, type RecordSearch } from './search.ts';
import type { Kind } from './use-kinds.ts';

const formats = ['xlsx', 'csv', 'pdf'] as const;

/** The list as a file, filtered as it is on screen, and records out of a file. */
export function FileMenu(props: { kind: Kind; search: RecordSearch }) {
  const { t, i18n } = useTranslation();
  const { can } = useSession();
  const [importing, setImporting] = useState(false);
  const { kind, search } = props;
  const [exports, imports] = [can('record.export'), can('record.import')];
  if (!exports && !imports) return null;
  const address = (format: string) => {
    const pairs = Object.entries({
      format,
      locale: i18n.language === 'en' ? 'en' : 'zh-CN',
      ...filterOf(search),
    });
    const query = new URLSearchParams(
      pairs.filter((pair): pair is [string, string] => pair[1] !== undefined),
    );
    return `/api/v1/records/${kind.key}/export?${query}`;
  };
  const items = [
    ...(exports
      ? [
          {
            key: 'export',
            type: 'group' as const,
            label: t(isFiltered(search) ? 'records.exportShown' : 'records.exportAll'),
            children: formats.map((format) => ({
              key: format,
              label: (
                <a href={address(format)} download>
                  {t(`records.format.${format}`)}
                </a>
              ),
            })),
          },
        ]
      : []),
    ...(imports ? [{ key: 'import', label: t('records.import'), onClick: () => setImporting(true) }] : []),
  ];
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button
          icon={<SwapOutlined rotate={90} />}
          aria-label={t('records.files')}
          title={t('records.files')}
        >
          <span className="desk-wide">{t('records.files')}</span>
        </Button>
      </Dropdown>
      {importing ? <ImportDialog kind={kind} onClose={() => setImporting(false)} /> : null}
    </>
  );
}
