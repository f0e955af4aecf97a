using System.Runtime.CompilerServices;

namespace SdCompiler.Runtime;

/// <summary>The numbers of an <see cref="SgdRule"/>, each in all places of a vector, and what they do to weights: the one place that says so, for updates and for those made up for later.</summary>
/// <typeparam name="S">The operations on a vector.</typeparam>
/// <typeparam name="V">The vector.</typeparam>
internal readonly ref struct SgdNumbers<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    private readonly V decay;
    private readonly V momentum;
    private readonly V minusRate;
    private readonly bool nesterov;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SgdNumbers(in SgdRule rule)
    {
        decay = S.Create(rule.Decay);
        momentum = S.Create(rule.Momentum);
        minusRate = S.Create(-rule.Rate);
        nesterov = rule.Nesterov;
    }

    /// <summary>The weight without momentum: the rate times (gradient + decay*w) off it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Moved(V weight, V gradient) => S.MultiplyAdd(minusRate, S.MultiplyAdd(decay, weight, gradient), weight);

    /// <summary>gradient + decay*w into the velocity; the velocity (or ahead of it) times the rate off the weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Moved(V weight, V gradient, ref V velocity)
    {
        V direction = S.MultiplyAdd(decay, weight, gradient);
        velocity = S.MultiplyAdd(momentum, velocity, direction);
        return S.MultiplyAdd(minusRate, nesterov ? S.MultiplyAdd(momentum, velocity, direction) : velocity, weight);
    }
}
