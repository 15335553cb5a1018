import { Text } from '@mantine/core';
import { geoArea, geoCentroid, geoEqualEarth, geoPath } from 'd3-geo';
import type { Feature, MultiPolygon, Polygon } from 'geojson';
import { feature } from 'topojson-client';
import world from 'world-atlas/countries-110m.json' with { type: 'json' };
import type { Certificate } from '../../verification/certificate.ts';
import { useCountryName, useMaterialName } from '../components/names.ts';
import { readableList, readableShare } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import { Rich } from '../i18n/Rich.tsx';

const WIDTH = 640;
const HEIGHT = 312;

type Country = Feature<Polygon | MultiPolygon>;
type Topology = Parameters<typeof feature>[0];

const drawn = feature(world as unknown as Topology, 'countries') as unknown as { features: Country[] };
const countries = drawn.features;
const projection = geoEqualEarth().fitSize([WIDTH, HEIGHT], { type: 'Sphere' });
const pathOf = geoPath(projection);
const byNumber = new Map(countries.map((country) => [Number(country.id), country]));

/** The countries that the materials come from, numbered on a map of the world, with a list that says all that it shows. */
export function OriginMap({ byCountry }: { byCountry: Certificate['byCountry'] }) {
  const t = useT('check');
  const countryName = useCountryName();
  const shareWords = useShareWords();
  const origins = originsIn(byCountry);
  if (origins.length === 0) return null;
  return (
    <figure className="origin-map">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('map.label')}>
        <path className="sea" d={pathOf({ type: 'Sphere' }) ?? ''} />
        {countries.map((country, index) => (
          <path
            key={country.id ?? `without a number ${index}`}
            className={origins.some(({ numeric }) => numeric === Number(country.id)) ? 'land origin' : 'land'}
            d={pathOf(country) ?? ''}
          />
        ))}
        {origins.map((origin, index) => (
          <Pin key={origin.numeric} numeric={origin.numeric} label={index + 1} />
        ))}
      </svg>
      <ol className="origin-list">
        {origins.map(({ numeric, shares }) => (
          <li key={numeric}>
            <Rich
              text={t('map.country', { shares: readableList(shares.map(shareWords)) })}
              country={<strong>{countryName(numeric)}</strong>}
            />{' '}
            {!byNumber.has(numeric) && t('map.tooSmall')}
          </li>
        ))}
      </ol>
      <Undeclared byCountry={byCountry} />
    </figure>
  );
}

function Undeclared({ byCountry }: { byCountry: Certificate['byCountry'] }) {
  const t = useT('check');
  const shareWords = useShareWords();
  const shares = byCountry.filter(({ country }) => country === null);
  if (shares.length === 0) return null;
  return <Text size="sm">{t('map.undeclared', { shares: readableList(shares.map(shareWords)) })}</Text>;
}

function Pin({ numeric, label }: { numeric: number; label: number }) {
  const country = byNumber.get(numeric);
  const at = country && projection(geoCentroid(largestPart(country)));
  if (!at) return null;
  return (
    <g className="pin" transform={`translate(${at[0].toFixed(1)} ${at[1].toFixed(1)})`}>
      <circle r="9" />
      <text textAnchor="middle" dy="4">
        {label}
      </text>
    </g>
  );
}

/** A country's mainland: the middle of all its parts may lie in the sea. */
function largestPart({ geometry }: Country): Polygon {
  if (geometry.type === 'Polygon') return geometry;
  const parts = geometry.coordinates.map((coordinates): Polygon => ({ type: 'Polygon', coordinates }));
  return parts.reduce((largest, part) => (geoArea(part) > geoArea(largest) ? part : largest));
}

type Share = Certificate['byCountry'][number];
type Origin = { readonly numeric: number; readonly shares: readonly Share[] };

/** The greatest share first. */
function originsIn(byCountry: readonly Share[]): Origin[] {
  const known = byCountry.filter(({ country }) => country !== null);
  const groups = Map.groupBy(known, ({ country }) => country?.numeric ?? 0);
  return [...groups]
    .sort(([, a], [, b]) => greatest(b) - greatest(a))
    .map(([numeric, shares]) => ({
      numeric,
      shares: shares.toSorted((a, b) => b.sharePpm - a.sharePpm),
    }));
}

function greatest(shares: readonly Share[]): number {
  return Math.max(...shares.map(({ sharePpm }) => sharePpm));
}

function useShareWords(): (share: Share) => string {
  const t = useT('check');
  const nameOf = useMaterialName();
  return ({ material, sharePpm }) =>
    t('map.share', { share: readableShare(sharePpm), material: nameOf(material.id).toLowerCase() });
}
