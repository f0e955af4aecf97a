using System.Runtime.CompilerServices;

namespace SdCompiler.Runtime;

/// <summary>The chain kernels of <see cref="KernelSet"/> for one vector width: a vector holds columns, so that sums run down and keep the order of the plain loops.</summary>
/// <typeparam name="S">The operations on a vector.</typeparam>
/// <typeparam name="V">The vector.</typeparam>
/// <remarks>Columns are a multiple of the widest vector, so there is no tail. No tiering, as in <see cref="ElementwiseLoops{S, V}"/>.</remarks>
internal static unsafe class CrfLoops<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumExpColumns(float* a, float* w, int rows, int columns, float* max, float* sum, float* termsOrNull)
    {
        for (int j = 0; j < columns; j += S.Count)
        {
            V largest = S.Create(float.NegativeInfinity);
            float* exponents = w + j;
            for (int k = 0; k < rows; k++)
            {
                // A NaN may be passed over here: it shows in the sum.
                largest = S.Max(S.Add(S.Create(a[k]), S.Load(exponents)), largest);
                exponents += columns;
            }

            // Nothing but negative infinity: the terms are 0, and not infinity - infinity.
            V shift = S.Select(S.IsLess(largest, S.Create(float.MinValue)), S.Create(0f), largest);
            V total = S.Create(0f);
            exponents = w + j;
            float* terms = termsOrNull + j;
            for (int k = 0; k < rows; k++)
            {
                V term = FastMathOf<S, V>.Exp(S.Subtract(S.Add(S.Create(a[k]), S.Load(exponents)), shift));
                total = S.Add(total, term);
                if (termsOrNull != null)
                {
                    S.Store(term, terms);
                }

                exponents += columns;
                terms += columns;
            }

            S.Store(largest, max + j);
            S.Store(total, sum + j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MaxColumns(float* a, float* w, int rows, int columns, float* max, float* index)
    {
        for (int j = 0; j < columns; j += S.Count)
        {
            V largest = S.Create(float.NegativeInfinity), first = S.Create(0f);
            float* values = w + j;
            for (int k = 0; k < rows; k++)
            {
                V value = S.Add(S.Create(a[k]), S.Load(values));
                V larger = S.IsLess(largest, value);
                largest = S.Select(larger, value, largest);
                first = S.Select(larger, S.Create(k), first);
                values += columns;
            }

            S.Store(largest, max + j);
            S.Store(first, index + j);
        }
    }
}
