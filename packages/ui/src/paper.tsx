import { PrinterOutlined } from '@ant-design/icons';
import { Button, type ButtonProps } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import './paper.css';

/**
 * Prints one thing and nothing of the screen around it. The sheet stands beside #root and flows over as many pages
 * as it needs; a screen draws only rows in sight, so `sheet` is drawn for the paper, when it is asked for.
 */
export function PrintButton(
  props: { label: string; title: string; wide?: boolean; sheet: ReactNode } & Pick<
    ButtonProps,
    'size' | 'disabled' | 'className'
  >,
) {
  const { label, title, wide, sheet, ...look } = props;
  /** How often it was asked for; 0 = nothing is printed. */
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (asked === 0) return;
    // Some phones print after print() has returned: the sheet stays until they say so.
    const done = () => setAsked(0);
    globalThis.addEventListener('afterprint', done);
    const timer = setTimeout(() => globalThis.print(), 50);
    return () => {
      clearTimeout(timer);
      globalThis.removeEventListener('afterprint', done);
    };
  }, [asked]);
  return (
    <>
      <Button {...look} icon={<PrinterOutlined />} onClick={() => setAsked(asked + 1)}>
        {label}
      </Button>
      {asked > 0
        ? createPortal(
            <div className="zk-paper" data-wide={wide}>
              <h1>{title}</h1>
              {sheet}
            </div>,
            document.body,
          )
        : null}
    </>
  );
}
