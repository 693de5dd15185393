import { Select } from 'antd';
import { useId } from 'react';
import { useApi } from '../../api/queries.ts';
import { usePreferences } from '../../frame/preferences.tsx';
import { useText } from '../../i18n/text.ts';
import { PROVINCES } from '../clocks/provinces.ts';
import { ROLES } from '../duties/roles.ts';
import type { WholeProfile } from '../duties/types.ts';
import { subscriptions } from './messages.ts';
import { type MatchProfile, PATHWAYS, type SubscriptionWords } from './types.ts';

interface Props {
  readonly profile: MatchProfile;
  onProfile(next: MatchProfile): void;
}

/** Names and channels that the server knows. */
export function useSubscriptionWords() {
  return useApi<SubscriptionWords>('/subscriptions/words', {}, { timeless: true });
}

/** The profile of an enterprise that is kept in the duty calendar, for matching. */
export function profileOf(kept: WholeProfile): MatchProfile {
  const { party } = kept.profile;
  const origin = party.origin === 'domestic' || party.origin === 'imported' ? party.origin : null;
  return {
    region: party.province ? { province: party.province, city: null } : null,
    roles: party.roles,
    classes: party.classes ?? [],
    products: [],
    pathways: [],
    origin,
  };
}

/** Where an enterprise is, what it does, with which devices, on which pathways. */
export function ProfileFields({ profile, onProfile }: Props) {
  const t = useText(subscriptions);
  const { lang } = usePreferences();
  const id = useId();
  const words = useSubscriptionWords();
  const zh = lang === 'zh';
  const provinces =
    words.data?.provinces.map(({ name }) => ({ value: name, label: name })) ??
    PROVINCES.map(([, chinese, english]) => ({ value: chinese, label: zh ? chinese : english }));
  // a kept enterprise names its province by code, the words by its full name
  const given = profile.region?.province;
  const short = PROVINCES.find(([code, chinese]) => code === given || chinese === given)?.[1];
  const province = provinces.find(
    ({ value }) => value === given || (short !== undefined && value.startsWith(short)),
  )?.value;
  const cities = words.data?.provinces.find(({ name }) => name === province)?.cities ?? [];
  const pathways = words.data?.pathways ?? PATHWAYS;
  const change = (next: Partial<MatchProfile>) => onProfile({ ...profile, ...next });
  return (
    <div className="match-fields">
      <div className="field">
        <label htmlFor={`${id}-province`}>{t('province')}</label>
        <Select
          id={`${id}-province`}
          showSearch
          allowClear
          placeholder={t('notSaid')}
          value={province}
          onChange={(next?: string) => change({ region: next ? { province: next, city: null } : null })}
          options={provinces}
        />
      </div>
      {cities.length > 0 && (
        <div className="field">
          <label htmlFor={`${id}-city`}>{t('city')}</label>
          <Select
            id={`${id}-city`}
            showSearch
            allowClear
            placeholder={t('notSaid')}
            value={profile.region?.city ?? undefined}
            onChange={(city?: string) => change({ region: { province: province ?? '', city: city ?? null } })}
            options={cities.map((city) => ({ value: city, label: city }))}
          />
        </div>
      )}
      <div className="field match-wide">
        <label htmlFor={`${id}-roles`}>{t('roles')}</label>
        <Select
          id={`${id}-roles`}
          mode="multiple"
          placeholder={t('notSaid')}
          value={[...profile.roles]}
          onChange={(roles: string[]) => change({ roles })}
          options={ROLES.map(([role, chinese, english]) => ({ value: role, label: zh ? chinese : english }))}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-classes`}>{t('classes')}</label>
        <Select
          id={`${id}-classes`}
          mode="multiple"
          placeholder={t('notSaid')}
          value={[...profile.classes]}
          onChange={(classes: string[]) => change({ classes })}
          options={['I', 'II', 'III'].map((one) => ({ value: one, label: t(`class.${one}` as 'class.I') }))}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-origin`}>{t('origin')}</label>
        <Select
          id={`${id}-origin`}
          allowClear
          placeholder={t('notSaid')}
          value={profile.origin ?? undefined}
          onChange={(origin?: MatchProfile['origin']) => change({ origin: origin ?? null })}
          options={(['domestic', 'imported', 'both'] as const).map((one) => ({
            value: one,
            label: t(`origin.${one}`),
          }))}
        />
      </div>
      <div className="field match-wide">
        <label htmlFor={`${id}-products`}>{t('products')}</label>
        <Select
          id={`${id}-products`}
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={['、', '，', ',', ';', '；']}
          placeholder={t('productsHint')}
          value={[...profile.products]}
          onChange={(products: string[]) => change({ products })}
        />
      </div>
      <div className="field match-wide">
        <label htmlFor={`${id}-pathways`}>{t('pathways')}</label>
        <Select
          id={`${id}-pathways`}
          mode="multiple"
          placeholder={t('notSaid')}
          value={[...profile.pathways]}
          onChange={(next: string[]) => change({ pathways: next })}
          options={pathways.map((one) => ({ value: one.id, label: zh ? one.zh : one.en }))}
        />
      </div>
    </div>
  );
}
