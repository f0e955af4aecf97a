namespace SdCompiler.Runtime;

/// <content>Steps along a chain of tags, in plain loops.</content>
internal unsafe partial class ReferenceKernels
{
    /// <inheritdoc/>
    internal override void SumExpColumns(float* a, float* w, int rows, int columns, float* max, float* sum, float* termsOrNull)
    {
        for (int j = 0; j < columns; j++)
        {
            float largest = float.NegativeInfinity;
            for (int k = 0; k < rows; k++)
            {
                float exponent = a[k] + w[((long)k * columns) + j];
                largest = exponent > largest ? exponent : largest;
            }

            float shift = float.IsNegativeInfinity(largest) ? 0 : largest, total = 0;
            for (int k = 0; k < rows; k++)
            {
                float term = FastMath.Exp(a[k] + w[((long)k * columns) + j] - shift);
                total += term;
                if (termsOrNull != null)
                {
                    termsOrNull[((long)k * columns) + j] = term;
                }
            }

            max[j] = largest;
            sum[j] = total;
        }
    }

    /// <inheritdoc/>
    internal override void MaxColumns(float* a, float* w, int rows, int columns, float* max, float* index)
    {
        for (int j = 0; j < columns; j++)
        {
            max[j] = float.NegativeInfinity;
            index[j] = 0;
            for (int k = 0; k < rows; k++)
            {
                float value = a[k] + w[((long)k * columns) + j];
                if (value > max[j])
                {
                    max[j] = value;
                    index[j] = k;
                }
            }
        }
    }
}
