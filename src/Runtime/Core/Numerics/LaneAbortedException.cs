using System;

namespace SdCompiler.Runtime;

/// <summary>Leaves the work of a lane whose team has already failed in another lane; never reaches the caller of <see cref="WorkerTeam.Run"/>.</summary>
internal sealed class LaneAbortedException : Exception
{
    public LaneAbortedException()
        : base("Another lane of the team failed.")
    {
    }
}
