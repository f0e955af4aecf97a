using System;

namespace SdCompiler.Runtime.Tests;

/// <summary>Lane work out of a delegate.</summary>
internal sealed class DelegateWork(Action<Lane> action) : ILaneWork
{
    public void Execute(Lane lane) => action(lane);

    /// <summary>Runs once on a team of its own.</summary>
    public static void Run(int lanes, KernelSet kernels, Action<Lane> action)
    {
        using WorkerTeam team = new(lanes, kernels);
        team.Run(new DelegateWork(action));
    }
}
