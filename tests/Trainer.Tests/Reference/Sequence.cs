namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>Numbers by step, row and unit.</summary>
internal sealed class Sequence(int steps, int rows, int units)
{
    private readonly double[] _values = new double[steps * rows * units];

    public int Steps => steps;

    public int Rows => rows;

    public int Units => units;

    public ref double this[int t, int row, int unit] => ref _values[(((t * rows) + row) * units) + unit];

    /// <summary>An all-zero sequence of the same steps and rows.</summary>
    public Sequence Like(int width) => new(steps, rows, width);
}
