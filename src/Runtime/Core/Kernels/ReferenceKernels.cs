namespace SdCompiler.Runtime;

/// <summary>
/// Plain loops: they define what every kernel means, run on any processor, and are what the vector sets are compared with. A vector set
/// derives from this one and overrides each kernel that it has a faster form of.
/// </summary>
internal unsafe partial class ReferenceKernels : KernelSet
{
    /// <inheritdoc/>
    public override string Name => "reference";

    /// <inheritdoc/>
    internal override ProductBlocking Blocking { get; } = ProductBlocking.SmallCaches;

    /// <inheritdoc/>
    internal override void ForwardPanel(float* x, int xStride, float* w, int* kept, int count, float* biasOrNull, float* y, int yStride, int rows)
    {
        for (int b = 0; b < rows; b++)
        {
            float* yRow = y + ((long)b * yStride);
            for (int c = 0; c < PanelColumns; c++)
            {
                float sum = 0;
                for (int j = 0; j < count; j++)
                {
                    sum += x[((long)j * xStride) + b] * w[((long)kept[j] * PanelColumns) + c];
                }

                yRow[c] = (biasOrNull == null ? yRow[c] : biasOrNull[c]) + sum;
            }
        }
    }

    /// <inheritdoc/>
    internal override void WeightGradientPanel(float* x, int xStride, long xStep, float* dy, int dyStride, int* kept, int count, float* dw, int rows, int steps, bool goesOn)
    {
        for (int j = 0; j < count; j++)
        {
            long k = kept[j];
            for (int c = 0; c < PanelColumns; c++)
            {
                float before = dw[(k * PanelColumns) + c], sum = goesOn ? before : 0;
                for (int row = 0; row < steps * rows; row++)
                {
                    sum += x[(row / rows * xStep) + ((long)j * xStride) + (row % rows)] * dy[((long)row * dyStride) + c];
                }

                dw[(k * PanelColumns) + c] = goesOn ? sum : before + sum;
            }
        }
    }

    /// <inheritdoc/>
    internal override void BackwardRows(float* dy, int dyStride, int columns, float* wRows, long rowStride, int* kept, int count, float scale, float* dx, int dxStride, int rows)
    {
        for (int j = 0; j < count; j++)
        {
            long k = kept[j];
            for (int b = 0; b < rows; b++)
            {
                float sum = 0;
                for (int n = 0; n < columns; n++)
                {
                    sum += dy[((long)b * dyStride) + n] * wRows[(k * rowStride) + n];
                }

                dx[(k * dxStride) + b] += scale * sum;
            }
        }
    }

    /// <inheritdoc/>
    internal override void AddColumnSums(float* dy, int dyStride, float* db, int rows)
    {
        for (int b = 0; b < rows; b++)
        {
            for (int c = 0; c < PanelColumns; c++)
            {
                db[c] += dy[((long)b * dyStride) + c];
            }
        }
    }

    /// <inheritdoc/>
    internal override double SumOfSquares(float* values, long count)
    {
        double sum = 0;
        for (long i = 0; i < count; i++)
        {
            sum += (double)values[i] * values[i];
        }

        return sum;
    }
}
