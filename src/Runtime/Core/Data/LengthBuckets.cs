using System;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>
/// Puts sequences of similar length into one batch, so that few rows end before the others do. Every epoch has each item exactly once, in
/// another order: which of the equally long items meet, where batches begin and which batch comes when are drawn anew.
/// </summary>
/// <remarks>
/// A batch is a function of seed, epoch and index alone, so a resumed run asks for exactly the batches that it still lacks. Items are
/// shuffled, ordered by length within pools of some batches, cut, and the batches shuffled. A pool of one batch is a plain shuffle; one pool
/// for everything wastes least.
/// </remarks>
public sealed class LengthBuckets
{
    /// <summary>Sets the orders apart from what else is drawn with the same seed.</summary>
    private const ulong Purpose = 0x6C656E6774687321;

    private const uint Items = 0;
    private const uint Offset = 1;
    private const uint Batches = 2;

    private readonly int[] _first;
    private readonly int[] _second;
    private readonly ulong _seed;
    private readonly long _pool;
    private readonly ulong[] _keys;
    private readonly int[] _items;
    private readonly int[] _batches;
    private int _epoch = -1;
    private int _offset;

    /// <summary>Batches of items with one length each.</summary>
    /// <param name="lengths">The length of each item; copied.</param>
    /// <param name="rows">The most items of a batch.</param>
    /// <param name="seed">Chooses the orders.</param>
    /// <param name="poolBatches">How many batches are ordered by length together; 0 for all.</param>
    /// <exception cref="ArgumentException">There are no items, a length is below 1, or a number is out of range.</exception>
    public LengthBuckets(ReadOnlySpan<int> lengths, int rows, long seed, int poolBatches = 0)
        : this(lengths, [], rows, seed, poolBatches)
    {
    }

    /// <summary>Batches of pairs: ordered by the first length, and where that is equal by the second.</summary>
    /// <param name="first">The first length of each item, such as that of the source sentence; copied.</param>
    /// <param name="second">As many second lengths, such as those of the target sentences; empty where items have one length.</param>
    /// <param name="rows">The most items of a batch.</param>
    /// <param name="seed">Chooses the orders.</param>
    /// <param name="poolBatches">How many batches are ordered by length together; 0 for all.</param>
    /// <exception cref="ArgumentException">There are no items, a length is below 1, the two lists differ in length, or a number is out of range.</exception>
    public LengthBuckets(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int rows, long seed, int poolBatches = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(poolBatches);
        if (first.IsEmpty)
        {
            throw new ArgumentException("There are no items to make batches of; give at least one length.", nameof(first));
        }

        if (!second.IsEmpty && second.Length != first.Length)
        {
            throw new ArgumentException($"There are {first.Length} first lengths and {second.Length} second ones; give one of each for every item.", nameof(second));
        }

        CheckLengths(first, nameof(first));
        CheckLengths(second, nameof(second));
        _first = first.ToArray();
        _second = second.ToArray();
        _seed = (ulong)seed ^ Purpose;
        Rows = rows;
        _pool = poolBatches == 0 ? first.Length : (long)poolBatches * rows;
        _keys = new ulong[first.Length];
        _items = new int[first.Length];
        _batches = new int[((first.Length - 1) / rows) + 1];
    }

    /// <summary>All items.</summary>
    public int Count => _first.Length;

    /// <summary>The most items of a batch; one batch of an epoch has fewer where this does not divide <see cref="Count"/>.</summary>
    public int Rows { get; }

    /// <summary>Batches of one epoch.</summary>
    public int BatchesPerEpoch => _batches.Length;

    /// <summary>The items of a batch, by their numbers; a function of epoch and index alone.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="index">The batch of the epoch, from 0.</param>
    /// <returns>1 to <see cref="Rows"/> numbers; valid until another epoch is asked for.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The epoch has no such batch, or is negative.</exception>
    public ReadOnlySpan<int> Batch(int epoch, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, BatchesPerEpoch);
        Draw(epoch);
        return Cut(_batches[index]);
    }

    /// <summary>
    /// The share of an epoch's places that padding would fill if every batch were a rectangle as long as its longest item: what bucketing
    /// saves a program that pads. Of pairs it counts both sides.
    /// </summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <returns>From 0 up to, not including, 1.</returns>
    public double Padding(int epoch)
    {
        long tokens = 0;
        long places = 0;
        for (int i = 0; i < BatchesPerEpoch; i++)
        {
            ReadOnlySpan<int> batch = Batch(epoch, i);
            Add(_first, batch, ref tokens, ref places);
            Add(_second, batch, ref tokens, ref places);
        }

        return 1 - ((double)tokens / places);
    }

    private static void CheckLengths(ReadOnlySpan<int> lengths, string name)
    {
        for (int i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] < 1)
            {
                throw new ArgumentException($"Item {i} has length {lengths[i]}; leave out items without steps.", name);
            }
        }
    }

    private static void Add(int[] lengths, ReadOnlySpan<int> batch, ref long tokens, ref long places)
    {
        if (lengths.Length == 0)
        {
            return;
        }

        int longest = 0;
        foreach (int item in batch)
        {
            tokens += lengths[item];
            longest = Math.Max(longest, lengths[item]);
        }

        places += (long)longest * batch.Length;
    }

    private void Draw(int epoch)
    {
        if (_epoch == epoch)
        {
            return;
        }

        _epoch = epoch;
        for (int i = 0; i < _items.Length; i++)
        {
            _items[i] = i;
        }

        Shuffle(_items, epoch, Items);
        for (long start = 0; start < _items.Length; start += _pool)
        {
            Order(_items.AsSpan((int)start, (int)Math.Min(_pool, _items.Length - start)));
        }

        // The short batch stands at a place that is drawn, so that the others do not begin at the same lengths in every epoch.
        int rest = Count % Rows;
        _offset = rest == 0 ? BatchesPerEpoch : Below(CounterRandom.Block(_seed, 0, 0, (uint)epoch, Offset).W0, BatchesPerEpoch);
        for (int i = 0; i < _batches.Length; i++)
        {
            _batches[i] = i;
        }

        Shuffle(_batches, epoch, Batches);
    }

    /// <summary>Orders items by their lengths; equally long ones keep the order of the shuffle.</summary>
    private void Order(Span<int> items)
    {
        Span<ulong> keys = _keys.AsSpan(0, items.Length);
        Span<int> sorted = items;
        if (_second.Length > 0)
        {
            Sort(keys, sorted, _second);
        }

        Sort(keys, sorted, _first);
    }

    /// <summary>A stable sort: the place is the low half of the key.</summary>
    private static void Sort(Span<ulong> keys, Span<int> items, int[] lengths)
    {
        for (int i = 0; i < items.Length; i++)
        {
            keys[i] = ((ulong)(uint)lengths[items[i]] << 32) | (uint)i;
        }

        keys.Sort(items);
    }

    /// <summary>The items of a cut, by its place in the order of lengths.</summary>
    private ReadOnlySpan<int> Cut(int place)
    {
        int rest = Count % Rows;
        int start = place <= _offset ? place * Rows : ((place - 1) * Rows) + rest;
        return _items.AsSpan(start, place == _offset ? rest : Rows);
    }

    /// <summary>Fisher and Yates, with a word of the counter-based generator for each place.</summary>
    private void Shuffle(int[] numbers, int epoch, uint purpose)
    {
        for (int i = numbers.Length - 1; i > 0; i--)
        {
            int j = Below(CounterRandom.Block(_seed, (uint)i, 0, (uint)epoch, purpose).W0, i + 1);
            (numbers[i], numbers[j]) = (numbers[j], numbers[i]);
        }
    }

    private static int Below(uint word, int bound) => (int)(((ulong)word * (uint)bound) >> 32);
}
