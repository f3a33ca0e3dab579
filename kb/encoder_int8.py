"""The int8 form of a sentence-transformers model: exported to ONNX, quantized, saved."""

import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.quant_utils import add_pre_process_metadata
from sentence_transformers import SentenceTransformer
from torch import Tensor
from transformers import PreTrainedModel

from kb.encoder_onnx import INPUTS, OUTPUT, OnnxTransformer
from kb.errors import EncoderError


class _LastHidden(torch.nn.Module):
    """A transformer with the one output that is wanted, as the exporter needs it."""

    def __init__(self, network: PreTrainedModel) -> None:
        super().__init__()
        self.network = network

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        output = self.network(input_ids=input_ids, attention_mask=attention_mask)
        hidden: Tensor = output.last_hidden_state
        return hidden


def write_int8(model: SentenceTransformer, folder: Path) -> None:
    """Write the int8 form of a float32 model to `folder`; the model is used up.

    Weights are quantized per output channel and beforehand, activations per call. Raises
    EncoderError where the model's transformer cannot be exported.
    """
    network = cast(PreTrainedModel, model.transformers_model)
    with TemporaryDirectory(dir=folder) as temporary:
        exported, quantized = Path(temporary) / "float32.onnx", Path(temporary) / "int8.onnx"
        try:
            _export(network, exported)
            _quantize(exported, quantized)
            module = _module(model, network, quantized)
        except (RuntimeError, ValueError, TypeError, AttributeError, KeyError) as error:
            raise EncoderError(
                f"a {type(network).__name__} has no int8 form ({type(error).__name__}: {error}): "
                "set precision to float32"
            ) from error
        modules = [module, *list(model.children())[1:]]
        prompts = {key: prompt for key, prompt in model.prompts.items() if prompt is not None}
        made = SentenceTransformer(modules=modules, prompts=prompts, device="cpu")
        made.save(str(folder), create_model_card=False)


def _module(model: SentenceTransformer, network: PreTrainedModel, path: Path) -> OnnxTransformer:
    return OnnxTransformer(
        path,
        model.tokenizer.backend_tokenizer,
        max_seq_length=model.max_seq_length or 512,
        dim=network.config.hidden_size,
        pad_id=model.tokenizer.pad_token_id or 0,
    )


def _export(network: PreTrainedModel, path: Path) -> None:
    # Fused attention exports to a larger and slower graph than the plain one.
    network.set_attn_implementation("eager")
    ids = torch.tensor([[0, 5, 6, 2], [0, 5, 2, 1]])
    mask = torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]])
    axes = {0: "texts", 1: "tokens"}
    with warnings.catch_warnings():
        # The exporter that needs no further package warns that it is the older one.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _LastHidden(network).eval(),
            (ids, mask),
            path,
            input_names=list(INPUTS),
            output_names=[OUTPUT],
            dynamic_axes=dict.fromkeys((*INPUTS, OUTPUT), axes),
            opset_version=17,
            dynamo=False,
        )


def _quantize(source: Path, target: Path) -> None:
    graph = onnx.load(source)
    # Simplifying the graph first was measured to bring nothing; this says not to ask for it.
    add_pre_process_metadata(graph)
    quantize_dynamic(graph, target, per_channel=True, weight_type=QuantType.QInt8)
