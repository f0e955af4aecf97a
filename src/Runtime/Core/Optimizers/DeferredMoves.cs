using System;

namespace SdCompiler.Runtime;

/// <summary>
/// The moves of a table's rows that had no gradient: momentum and decay move these too, step after step, but a window has few of a vocabulary's words, and nobody reads the others. A row makes up
/// for its moves when it is next read, one after the other and each with the numbers of its own step, so that every bit is what it would have been; a row in the registers costs a small part of one from memory.
/// </summary>
/// <remarks>Each lane moves the rows of its own tokens (<see cref="Owns"/>). Source: the exact form of the "lazy" updates of sparse embeddings, which other libraries approximate by not moving such rows at all.</remarks>
internal sealed unsafe class DeferredMoves
{
    /// <summary>Steps that are remembered; every row makes up for its moves after so many.</summary>
    internal const int Capacity = 1024;

    private readonly TableParameter table;
    private readonly TableParameter? velocity;
    private readonly SgdRule[] rules = new SgdRule[Capacity];

    /// <summary>How many of the rules each row has followed.</summary>
    private readonly int[] followed;

    private SgdRule next;
    private bool hasNext;
    private int count;

    /// <summary>Whether a remembered step moves rows that have no velocity either.</summary>
    private bool decays;

    /// <summary>Of a table all of whose rows are up to date.</summary>
    /// <param name="table">The weights.</param>
    /// <param name="velocity">Their velocities, or null without momentum.</param>
    public DeferredMoves(TableParameter table, TableParameter? velocity)
    {
        this.table = table;
        this.velocity = velocity;
        followed = new int[table.Tokens];
    }

    /// <summary>Whether some rows may have moves to make up for.</summary>
    public bool ArePending => count > 0;

    /// <summary>Fixes the numbers of the update that comes; one lane alone, before a barrier.</summary>
    public void Begin(in SgdRule rule)
    {
        next = rule;
        hasNext = true;
    }

    /// <summary>Moves the rows that have a gradient, by this lane's tokens; the others wait.</summary>
    public void Apply(Lane lane, TableGradient gradient)
    {
        bool full = count == Capacity;
        if (full)
        {
            for (int token = lane.Index; token < table.Tokens; token += lane.Count)
            {
                MakeUp(lane.Kernels, token);
                followed[token] = 0;
            }
        }

        ReadOnlySpan<int> tokens = gradient.Tokens;
        for (int slot = 0; slot < tokens.Length; slot++)
        {
            int token = tokens[slot];
            if (Owns(lane, token))
            {
                lane.Kernels.SgdUpdate(table.Row(token), gradient.Row(slot), Velocity(token), 1, table.Width, null, 0, next);
                followed[token] = (full ? 0 : count) + 1;
            }
        }
    }

    /// <summary>Remembers the update that was applied; when no lane runs.</summary>
    public void End()
    {
        if (hasNext)
        {
            if (count == Capacity)
            {
                count = 0;
                decays = false;
            }

            rules[count++] = next;
            decays |= next.Decay != 0;
            hasNext = false;
        }
    }

    /// <summary>Brings the rows of some tokens up to date, each by the lane whose token it is. A barrier must follow before anyone reads them.</summary>
    public void MakeUp(Lane lane, ReadOnlySpan<int> tokens)
    {
        foreach (int token in tokens)
        {
            if (Owns(lane, token))
            {
                MakeUp(lane.Kernels, token);
            }
        }
    }

    /// <summary>Brings all rows of a small table up to date before a training step reads any. Every lane calls it; where there is something to do, they meet when it is done.</summary>
    public static void MakeUpAll(Lane lane, Window window, TableParameter table)
    {
        if (window.Training && table.Deferred is { ArePending: true } deferred)
        {
            for (int token = lane.Index; token < table.Tokens; token += lane.Count)
            {
                deferred.MakeUp(lane.Kernels, token);
            }

            lane.Barrier();
        }
    }

    /// <summary>Brings all rows up to date and forgets how they got there; when no lane runs.</summary>
    public void Settle(KernelSet kernels)
    {
        for (int token = 0; token < table.Tokens; token++)
        {
            MakeUp(kernels, token);
        }

        Array.Clear(followed);
        count = 0;
        decays = false;
    }

    private static bool Owns(Lane lane, int token) => token % lane.Count == lane.Index;

    private void MakeUp(KernelSet kernels, int token)
    {
        int from = followed[token];
        if (from < count)
        {
            followed[token] = count;
            if (!decays && IsAtRest(token))
            {
                return; // most words of a vocabulary, before they are met
            }

            fixed (SgdRule* rule = rules)
            {
                kernels.SgdReplay(table.Row(token), Velocity(token), table.Width, rule + from, count - from);
            }
        }
    }

    /// <summary>Whether a row has no velocity: each bit of it would stay as it is.</summary>
    private bool IsAtRest(int token) => velocity is null || new ReadOnlySpan<int>(velocity.Row(token), velocity.Width).IndexOfAnyExcept(0) < 0;

    private float* Velocity(int token) => velocity is null ? null : velocity.Row(token);
}
