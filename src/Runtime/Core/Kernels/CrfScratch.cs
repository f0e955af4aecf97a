using System;

namespace SdCompiler.Runtime;

/// <summary>
/// What one lane computes a CRF with, in memory of its own: the scores with constraints applied (negative infinity where something is not allowed), both ways
/// round so that vectors always hold neighbours, and room for one row.
/// </summary>
internal readonly unsafe struct CrfScratch
{
    /// <summary>A multiple of the widest vector, so that kernels have no tails.</summary>
    private const int Alignment = 16;
    private const int Vectors = 7;

    private readonly float* steps;

    /// <summary>Copies the scores; the memory is the lane's until its next call.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="timeSteps">Steps of the longest row that may come, so that a longer one later allocates nothing.</param>
    /// <param name="transitions">Row: the tag after; column: the tag before.</param>
    /// <param name="start">Scores of the first tag.</param>
    /// <param name="end">Scores of the last tag.</param>
    /// <param name="constraints">What is allowed, or null for everything.</param>
    public CrfScratch(Lane lane, int timeSteps, MatrixParameter transitions, VectorParameter start, VectorParameter end, CrfConstraints? constraints)
    {
        Tags = transitions.Columns;
        Stride = (Tags + Alignment - 1) / Alignment * Alignment;
        int matrix = checked(Tags * Stride);
        float* next = lane.Floats(checked((3 * matrix) + (Vectors * Stride) + (timeSteps * Stride)));
        ByFrom = Take(ref next, matrix);
        ByTo = Take(ref next, matrix);
        Terms = Take(ref next, matrix);
        Start = Take(ref next, Stride);
        End = Take(ref next, Stride);
        Max = Take(ref next, Stride);
        Sum = Take(ref next, Stride);
        Beta = Take(ref next, Stride);
        Next = Take(ref next, Stride);
        Factor = Take(ref next, Stride);
        steps = next;
        Path = lane.Integers(timeSteps);

        // Padding columns are not allowed either: their terms are 0.
        new Span<float>(ByFrom, 2 * matrix).Fill(float.NegativeInfinity);
        for (int to = 0; to < Tags; to++)
        {
            for (int from = 0; from < Tags; from++)
            {
                if (constraints is null || constraints.Allows(from, to))
                {
                    float score = transitions.Panel(from / KernelSet.PanelColumns)[(to * KernelSet.PanelColumns) + (from % KernelSet.PanelColumns)];
                    ByFrom[(from * Stride) + to] = score;
                    ByTo[(to * Stride) + from] = score;
                }
            }

            Start[to] = constraints is null || constraints.AllowsStart(to) ? start.Panel(0)[to] : float.NegativeInfinity;
            End[to] = constraints is null || constraints.AllowsEnd(to) ? end.Panel(0)[to] : float.NegativeInfinity;
        }

        new Span<float>(Factor, Stride).Clear();
    }

    /// <summary>How many tags there are.</summary>
    public int Tags { get; }

    /// <summary>Floats from one row to the next of everything here; tags with padding.</summary>
    public int Stride { get; }

    /// <summary>Transition scores, [from][to].</summary>
    public float* ByFrom { get; }

    /// <summary>Transition scores, [to][from].</summary>
    public float* ByTo { get; }

    /// <summary>The terms of the sums of C2, [to][from].</summary>
    public float* Terms { get; }

    /// <summary>Scores of the first tag.</summary>
    public float* Start { get; }

    /// <summary>Scores of the last tag.</summary>
    public float* End { get; }

    /// <summary>The largest exponents of C1 or C2, or the best scores of C5.</summary>
    public float* Max { get; }

    /// <summary>The sums of C1 or C2.</summary>
    public float* Sum { get; }

    /// <summary>beta of C2, or delta of C5.</summary>
    public float* Beta { get; }

    /// <summary>Emission and beta of the step after: what C2 sums over.</summary>
    public float* Next { get; }

    /// <summary>What turns the terms of C2 into marginals of pairs; 0 in padding.</summary>
    public float* Factor { get; }

    /// <summary>The tags of the best path.</summary>
    public int* Path { get; }

    /// <summary>alpha of C1 at a step, later the marginals; or the back pointers of C5.</summary>
    public float* Step(int t) => steps + ((long)t * Stride);

    private static float* Take(ref float* next, int count)
    {
        float* taken = next;
        next += count;
        return taken;
    }
}
