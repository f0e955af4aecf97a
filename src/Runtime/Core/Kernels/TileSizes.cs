namespace SdCompiler.Runtime;

/// <summary>The tile sizes 1 to 10.</summary>
internal static class TileSizes
{
    /// <inheritdoc/>
    internal readonly struct One : ITileSize
    {
        /// <inheritdoc/>
        public static int Count => 1;
    }

    /// <inheritdoc/>
    internal readonly struct Two : ITileSize
    {
        /// <inheritdoc/>
        public static int Count => 2;
    }

    /// <inheritdoc/>
    internal readonly struct Three : ITileSize
    {
        /// <inheritdoc/>
        public static int Count => 3;
    }

    /// <inheritdoc/>
    internal readonly struct Four : ITileSize
    {
        /// <inheritdoc/>
        public static int Count => 4;
    }

    /// <inheritdoc/>
    internal readonly struct Five : ITileSize
    {
        /// <inheritdoc/>
        public static int Count => 5;
    }

    /// <inheritdoc/>
    internal readonly struct Six : ITileSize
    {
        /// <inheritdoc/>
        public static int Count => 6;
    }

    /// <inheritdoc/>
    internal readonly struct Seven : ITileSize
    {
        /// <inheritdoc/>
        public static int Count => 7;
    }

    /// <inheritdoc/>
    internal readonly struct Eight : ITileSize
    {
        /// <inheritdoc/>
        public static int Count => 8;
    }

    /// <inheritdoc/>
    internal readonly struct Nine : ITileSize
    {
        /// <inheritdoc/>
        public static int Count => 9;
    }

    /// <inheritdoc/>
    internal readonly struct Ten : ITileSize
    {
        /// <inheritdoc/>
        public static int Count => 10;
    }
}
