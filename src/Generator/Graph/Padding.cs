namespace SdCompiler.Generator.Graph;

/// <summary>Rounding up to whole vectors and panels.</summary>
internal static class Padding
{
    public static int Up(int value, int multiple) => checked((value + multiple - 1) / multiple * multiple);

    public static long Up(long value, int multiple) => checked((value + multiple - 1) / multiple * multiple);
}
