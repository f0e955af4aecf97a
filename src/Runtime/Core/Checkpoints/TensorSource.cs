using System;

namespace SdCompiler;

/// <summary>A tensor to be written: its name, its shape, and how to get its values when its turn comes, so that only one is in memory twice.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Shape">Its dimensions, slowest first.</param>
/// <param name="Fill">Writes the values, row-major, into a span of exactly their number.</param>
internal sealed record TensorSource(string Name, long[] Shape, TensorFill Fill)
{
    public long Count
    {
        get
        {
            long count = 1;
            foreach (long dimension in Shape)
            {
                count = checked(count * dimension);
            }

            return count;
        }
    }
}
