import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useState } from 'react';
import { sendJson } from '../../api/client.ts';
import { Failure } from '../../components/failure.tsx';
import { useText } from '../../i18n/text.ts';
import { releaseText } from './messages.ts';

/** Asks for the reason before a release is taken back. */
export default function RevokeDialog({ path, name, onClose }: { path: string; name: string; onClose(): void }) {
  const t = useText(releaseText);
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const revoke = useMutation({
    mutationFn: () => sendJson('POST', `${path}/revoke`, { reason: reason.trim() }),
    onSuccess: async () => {
      await client.invalidateQueries();
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t('revokeTitle', { name })}
      onCancel={onClose}
      onOk={() => revoke.mutate()}
      okText={t('revokeDo')}
      cancelText={t('cancel')}
      okButtonProps={{ danger: true, disabled: reason.trim() === '' }}
      confirmLoading={revoke.isPending}
    >
      <div className="stack">
        <p>{t('revokeDetail')}</p>
        <div className="field">
          <label htmlFor="revoke-reason">{t('revokeReason')}</label>
          <textarea
            id="revoke-reason"
            className="text-field"
            rows={3}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
        {revoke.error && <Failure error={revoke.error} />}
      </div>
    </Modal>
  );
}
