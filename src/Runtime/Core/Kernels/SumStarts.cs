namespace SdCompiler.Runtime;

/// <summary>The values of <see cref="ISumStart"/>.</summary>
internal static class SumStarts
{
    internal readonly struct FromZero : ISumStart
    {
        public static bool GoesOn => false;
    }

    internal readonly struct FromGradient : ISumStart
    {
        public static bool GoesOn => true;
    }
}
