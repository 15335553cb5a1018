import { countryOf } from '../../protocol/countries.ts';
import { materialOf } from '../../protocol/materials.ts';
import type { Content as SignedContent } from '../../protocol/statements.ts';
import type { Content, Country } from '../schemas/common.ts';

export function countryView(numeric: number): Country {
  return countryOf(numeric) ?? { numeric, alpha2: null, name: `Country ${numeric}` };
}

export function contentView({ material, recycled, milligrams }: SignedContent): Content {
  const { symbol, name } = materialOf(material);
  return { material, symbol, name, recycled, milligrams: String(milligrams) };
}
