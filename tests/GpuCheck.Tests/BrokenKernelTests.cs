using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Runtime.Cuda;
using SdCompiler.Samples.GpuCheck.Models;
using SdCompiler.Samples.GpuCheck.Verifying;
using Xunit;

namespace SdCompiler.GpuCheck.Tests;

/// <summary>Verification must find mistakes: each of these kernels has one, of the kind that a compiler of kernels makes.</summary>
public sealed class BrokenKernelTests
{
    [RequiresStandInTheory]
    [InlineData("kept[t * 9 + k0 + k]", "kept[k0 + k]", "the mask of the first step at every step")]
    [InlineData("row[j] + bias[j]", "row[j]", "a bias that is left out")]
    [InlineData("later ? dc[i] : 0", "dc[i]", "a read of what no step has written: found by the poison")]
    [InlineData("1 - squashed * squashed", "1 - squashed", "a derivative")]
    [InlineData("later && (bits[(t + 1)", "later && (bits[t", "the mask of the wrong step on the way back")]
    public void Is_found(string right, string wrong, string what)
    {
        StandIn.Use();
        CheckModel model = Assert.Single(ModelCatalog.Verified, item => item.Name == "narrow");
        VerificationCase broken = new(model with { Create = seed => Broken(model.Create(seed), right, wrong) }, Regime.Structured, false, 5, 0);
        Assert.False(broken.Run().Passes, what);
    }

    private static CheckInstance Broken(CheckInstance whole, string right, string wrong) => whole with
    {
        CreateTrainer = (optimizer, regime, options) =>
        {
            CheckTrainer trainer = whole.CreateTrainer(optimizer, regime, options);
            if (options.Backend != Backends.Cuda)
            {
                return trainer;
            }

            trainer.Dispose();
            BrokenBody body = new((CudaTrainerBody)trainer.Trainer.Core.Body, right, wrong);
            return CheckTrainer.Of(new BrokenTrainer(body, optimizer, options), window => new TokenBatch { Inputs = window.Tokens, Targets = window.TargetTokens });
        },
    };
}
