import { Input } from 'antd';
import type { ComponentProps } from 'react';
import './text-box.css';

/**
 * A box for several lines that grows with its text up to a share of the screen. antd's own autoSize measures with a
 * style attribute, which the page's policy refuses; the browser does it by itself.
 */
export function TextBox(props: Omit<ComponentProps<typeof Input.TextArea>, 'autoSize'>) {
  const { rows = 3, ...rest } = props;
  return (
    <Input.TextArea
      {...rest}
      className="zk-text-box zk-scroll"
      style={{ minHeight: `${rows * 1.57 + 0.7}em` }}
    />
  );
}
