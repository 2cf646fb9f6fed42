/** Tiles from one PMTiles file, asked for in stretches. Loaded only where the user has set such a file. */
import { type LayerSpecification, type Map as GroundMap, addProtocol } from "maplibre-gl";
import { PMTiles, Protocol, TileType } from "pmtiles";
import type { Theme } from "../record/palette";
import { shapes } from "./own";

interface Told {
  vector_layers?: { id: string }[];
}

/** Adds the source "own", and tells the layers that draw it. */
export async function addTiles(map: GroundMap, address: string, theme: Theme): Promise<LayerSpecification[]> {
  const archive = new PMTiles(address);
  const protocol = new Protocol();
  protocol.add(archive);
  addProtocol("pmtiles", protocol.tile);
  const { tileType } = await archive.getHeader();
  const url = `pmtiles://${address}`;
  if (tileType !== TileType.Mvt) {
    map.addSource("own", { type: "raster", url, tileSize: 256 });
    return [{ id: "own-picture", type: "raster", source: "own" }];
  }
  map.addSource("own", { type: "vector", url });
  const { vector_layers: layers = [] } = (await archive.getMetadata()) as Told;
  return layers.flatMap(({ id }) => shapes(id, theme));
}
