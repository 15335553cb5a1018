import { geoCentroid, geoNaturalEarth1, geoPath } from 'd3-geo';
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import { feature } from 'topojson-client';
import atlas from 'world-atlas/countries-110m.json' with { type: 'json' };

/** A site on the map. Without coordinates it stands in the middle of its country (ISO 3166-1 numeric), and is drawn hollow. */
export type MapSite = {
  readonly key: string;
  readonly name: string;
  readonly country: number;
  readonly coordinates: { readonly latitude: number; readonly longitude: number } | null;
};
/** A way from one site to another; `weight` from 0 to 1 is how thick it is drawn. */
export type MapLeg = {
  readonly from: string;
  readonly to: string;
  readonly weight: number;
  readonly name: string;
};

type Place = [longitude: number, latitude: number];
const WIDTH = 960;
const HEIGHT = 480;
type Atlas = Parameters<typeof feature>;
const world = atlas as unknown as Atlas[0];
const shapes = world.objects.countries as Atlas[1];
const countries = feature(world, shapes) as unknown as FeatureCollection<Geometry>;
const byNumber = new Map(countries.features.map((country) => [Number(country.id), country]));

/** Sites and the ways between them, great circles, zoomed to what is there. The table beside it says the same. */
export function WorldMap({
  label,
  sites,
  legs,
}: {
  label: string;
  sites: readonly MapSite[];
  legs: readonly MapLeg[];
}) {
  const places = new Map(sites.flatMap((site) => placeOf(site)));
  const drawn = legs.flatMap((leg) => lineOf(leg, places));
  const project = projectionOn([...places.values()]);
  const path = geoPath(project);
  const named = roomFor(
    sites.flatMap(({ key }) => (places.has(key) ? [{ key, at: project(places.get(key) ?? [0, 0]) }] : [])),
  );
  const involved = new Set(sites.map(({ country }) => country));
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="world-map" role="img" aria-label={label}>
      <clipPath id="map-frame">
        <rect width={WIDTH} height={HEIGHT} />
      </clipPath>
      <g clipPath="url(#map-frame)">
        {countries.features.map((country) => (
          <path
            key={String(country.id ?? country.properties?.name)}
            d={path(country) ?? ''}
            className={involved.has(Number(country.id)) ? 'land involved' : 'land'}
          />
        ))}
        {drawn.map(({ leg, line }) => (
          <path
            key={`${leg.from} ${leg.to}`}
            d={path(line) ?? ''}
            className="leg"
            strokeWidth={1 + 4 * leg.weight}
          >
            <title>{leg.name}</title>
          </path>
        ))}
        {sites.map((site) => {
          const at = project(places.get(site.key) ?? [0, 0]);
          if (!at || !places.has(site.key)) return null;
          return (
            <g key={site.key}>
              <circle
                cx={at[0]}
                cy={at[1]}
                r="6"
                className={site.coordinates ? 'site-dot' : 'site-dot about'}
              />
              {named.has(site.key) && (
                <text x={at[0] + 9} y={at[1]} dy="0.35em">
                  {site.name}
                </text>
              )}
              <title>{site.name}</title>
            </g>
          );
        })}
      </g>
    </svg>
  );
}

/** Names are written where they do not cover one that is written already. */
function roomFor(sites: readonly { readonly key: string; readonly at: Place | null }[]): Set<string> {
  const written: { key: string; at: Place }[] = [];
  for (const { key, at } of sites) {
    const isCovered = (other: Place) =>
      at && Math.abs(other[0] - at[0]) < 210 && Math.abs(other[1] - at[1]) < 26;
    if (at && !written.some((one) => isCovered(one.at))) written.push({ key, at });
  }
  return new Set(written.map(({ key }) => key));
}

function placeOf({ key, coordinates, country }: MapSite): [string, Place][] {
  if (coordinates) return [[key, [coordinates.longitude, coordinates.latitude]]];
  const shape = byNumber.get(country);
  return shape ? [[key, geoCentroid(shape) as Place]] : [];
}

function lineOf(leg: MapLeg, places: ReadonlyMap<string, Place>) {
  const [from, to] = [places.get(leg.from), places.get(leg.to)];
  if (!from || !to) return [];
  const geometry = { type: 'LineString' as const, coordinates: [from, to] };
  const line: Feature = { type: 'Feature', properties: {}, geometry };
  return [{ leg, line }];
}

/** Fits what is there with room around it, and never closer than a continent. */
function projectionOn(places: readonly Place[]) {
  const projection = geoNaturalEarth1();
  if (places.length === 0) return projection.fitSize([WIDTH, HEIGHT], { type: 'Sphere' });
  const points = { type: 'MultiPoint' as const, coordinates: [...places] };
  projection.fitExtent(
    [
      [80, 60],
      [WIDTH - 200, HEIGHT - 60],
    ],
    points,
  );
  const most = 700;
  if (projection.scale() <= most) return projection;
  const [longitude, latitude] = geoCentroid(points);
  return geoNaturalEarth1()
    .scale(most)
    .center([longitude, latitude])
    .translate([WIDTH / 2, HEIGHT / 2]);
}
