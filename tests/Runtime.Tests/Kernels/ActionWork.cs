using System;

namespace SdCompiler.Runtime.Tests;

/// <summary>A lambda as the work of a team.</summary>
internal sealed class ActionWork(Action<Lane> action) : ILaneWork
{
    public void Execute(Lane lane) => action(lane);
}
