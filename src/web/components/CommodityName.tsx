import { useCommodity } from './names.ts';

/** What a lot is sold as, with its HS code on hover. `commodity`: the HS-6 code as a number. */
export function CommodityName({ commodity }: { commodity: number }) {
  const { code, name } = useCommodity()(commodity);
  return <span title={`HS ${code}`}>{name}</span>;
}
