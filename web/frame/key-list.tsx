import { Modal } from 'antd';
import { useText } from '../i18n/text.ts';
import { frame } from './messages.ts';

export default function KeyList({ onClose }: { onClose(): void }) {
  const t = useText(frame);
  const keys: readonly (readonly [string[], string])[] = [
    [['/'], t('keySearch')],
    [['Ctrl', 'K'], t('keyPalette')],
    [['j', 'k'], t('keyRows')],
    [['Enter'], t('keyOpen')],
    [['t'], t('keyToday')],
    [['Esc'], t('keyEscape')],
    [['?'], t('keyHelp')],
  ];
  return (
    <Modal open title={t('keysTitle')} footer={null} onCancel={onClose} width={420}>
      <dl className="key-list">
        {keys.map(([names, meaning]) => (
          <div key={meaning + names.join()}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
