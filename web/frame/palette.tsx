import { Modal } from 'antd';
import { useText } from '../i18n/text.ts';
import { frame } from './messages.ts';
import { SearchBox } from './search-box.tsx';

/** Ctrl/⌘ K: one field for everything, over any page. */
export default function Palette({ onClose }: { onClose(): void }) {
  const t = useText(frame);
  return (
    <Modal
      open
      title={t('keyPalette')}
      footer={null}
      onCancel={onClose}
      width={640}
      className="palette"
      afterOpenChange={(open) => open && document.getElementById('palette-search')?.focus()}
    >
      <SearchBox id="palette-search" placeholder={t('searchLong')} large inline onDone={onClose} />
    </Modal>
  );
}
