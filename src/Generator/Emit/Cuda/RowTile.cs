namespace SdCompiler.Generator.Emit.Cuda;

/// <summary>How the rows of a batch are shared among blocks: each thread keeps one sum for each row of its tile in registers.</summary>
internal static class RowTile
{
    /// <summary>The most rows of a tile: more would spill registers, and shared memory beyond 48 KiB needs a special launch.</summary>
    public const int Most = 32;

    public static int Tiles(int batchSize) => (batchSize + Most - 1) / Most;

    /// <summary>Rows of a tile; even shares, so that the last one is not almost empty.</summary>
    public static int Rows(int batchSize) => (batchSize + Tiles(batchSize) - 1) / Tiles(batchSize);
}
