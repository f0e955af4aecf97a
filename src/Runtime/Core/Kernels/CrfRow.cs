namespace SdCompiler.Runtime;

/// <summary>The emissions of one row of a window: its time steps, each [tags], at an even distance.</summary>
internal readonly unsafe struct CrfRow
{
    private readonly float* first;
    private readonly long stride;

    /// <summary>A row.</summary>
    /// <param name="first">Its step 0.</param>
    /// <param name="stride">Floats from one step to the next.</param>
    /// <param name="length">Its own number of steps, at least 1.</param>
    public CrfRow(float* first, long stride, int length)
    {
        this.first = first;
        this.stride = stride;
        Length = length;
    }

    /// <summary>Its own number of steps.</summary>
    public int Length { get; }

    /// <summary>The emissions of a step.</summary>
    public float* At(int t) => first + (t * stride);
}
