import type { KeyboardEvent } from 'react';

/** For forms with day fields: Enter in one takes the day that was typed and does not send the form. */
export function keepEnter(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key === 'Enter' && event.target instanceof Element && event.target.closest('.ant-picker')) {
    event.preventDefault();
  }
}
